"""Din konto: where one is signed in, and ending it; a copied cookie dies at sign-out."""

from datetime import UTC, datetime

import pytest

from budgeting.services import accounts
from budgeting.vocabulary import Role
from tests import make
from tests.web import visits

PASSWORD = "bænken står i parken"


@pytest.fixture
def citizen(session):
    make.municipality(session)
    return make.account(session, email="borger@example.org")


@pytest.fixture
def asta(session):
    make.municipality(session)
    return accounts.create_staff(
        "asta@example.org", "Asta", [Role.ADMIN], PASSWORD, now=datetime.now(UTC)
    )


def copy_of(client, app):
    """Somebody else's browser with the same cookie."""
    thief = app.test_client()
    thief.set_cookie("borgerbudget", client.get_cookie("borgerbudget").value)
    return thief


def sign_out(client):
    page = client.read("/konto")
    token = page.soup.find("form", action="/log-ud").find("input")["value"]
    return client.post("/log-ud", data={"csrf_token": token})


def test_a_stolen_cookie_of_a_citizen_dies_at_sign_out(app, citizen):
    client = visits.signed_in(app, citizen)
    thief = copy_of(client, app)
    assert thief.read("/konto").heading == "Din konto"

    sign_out(client)

    assert thief.read("/konto").address == "/log-ind"


def test_the_cookie_does_not_say_who_it_is(app, citizen):
    client = visits.signed_in(app, citizen)
    client.read("/konto")
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != str(citizen.id)
        assert len(cookie["_user_id"]) > 40


def test_a_cookie_with_a_number_in_it_is_nobody(app, client, citizen):
    with client.session_transaction() as cookie:
        cookie["_user_id"] = str(citizen.id)

    assert client.read("/konto").address == "/log-ind"


def test_a_sign_in_elsewhere_is_listed_and_ended(app, citizen):
    here, there = visits.signed_in(app, citizen), visits.signed_in(app, citizen)
    page = here.read("/konto")
    assert page.text.count("Ukendt browser") >= 2
    assert "Her sidder du nu" in page.text

    here.submit(page)

    assert there.read("/konto").address == "/log-ind"
    assert here.read("/konto").heading == "Din konto"


def test_changing_the_password_ends_the_others(app, asta):
    here, there = visits.signed_in(app, asta), visits.signed_in(app, asta)
    page = here.read("/konto/adgangskode")

    here.submit(page, {"old": PASSWORD, "password": "en helt ny sætning"})

    assert there.read("/konto").address == "/log-ind"
    assert here.read("/konto").heading == "Din konto"


def test_the_old_password_must_be_right_and_the_new_one_long(app, asta):
    here = visits.signed_in(app, asta)
    page = here.read("/konto/adgangskode")

    wrong = here.submit(page, {"old": "forkert", "password": "en ny sætning"}, status=422)
    short = here.submit(page, {"old": PASSWORD, "password": "kort"}, status=422)

    assert "Adgangskoden passer ikke" in wrong.text
    assert "mindst 10 tegn" in short.text


def test_a_citizen_has_no_password_to_change(app, citizen):
    assert visits.signed_in(app, citizen).read("/konto/adgangskode").address == "/konto"
