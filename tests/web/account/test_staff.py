"""Staff sign in with a password; everyone signs out by a button."""

from datetime import UTC, datetime

import pytest

from budgeting.services import accounts
from budgeting.vocabulary import Role
from tests import make

PASSWORD = "bænken står i parken"


@pytest.fixture
def caseworker(session):
    make.municipality(session)
    return accounts.create_staff(
        "torben@example.org",
        "Torben Rørmose",
        [Role.CASEWORKER],
        PASSWORD,
        now=datetime.now(UTC),
    )


def sign_in(client, password=PASSWORD, *, status=200):
    page = client.read("/log-ind/medarbejder?next=/mine-forslag")
    return client.submit(page, {"email": "torben@example.org", "password": password}, status=status)


def test_staff_come_in_with_their_password_and_out_by_a_button(client, caseworker):
    inside = sign_in(client)
    assert inside.address == "/mine-forslag"

    token = inside.soup.find("form", action="/log-ud").find("input")["value"]
    client.post("/log-ud", data={"csrf_token": token})

    assert client.read("/mine-forslag").address == "/log-ind"


def test_a_wrong_password_is_refused_and_not_shown_again(client, caseworker):
    refused = sign_in(client, "forkert adgangskode", status=422)

    assert "passer ikke sammen" in refused.text
    assert refused.form().as_it_stands()["email"] == "torben@example.org"
    assert "forkert adgangskode" not in refused.html


def test_guessing_is_stopped_in_words(client, caseworker):
    for _ in range(accounts.ATTEMPTS_ALLOWED):
        sign_in(client, "forkert adgangskode", status=422)

    assert "prøvet for mange gange" in sign_in(client, status=422).text


def test_empty_fields_are_told_what_to_fill(client, caseworker):
    refused = client.submit(client.read("/log-ind/medarbejder"), {}, status=422)

    assert refused.errors == ["Skriv din mailadresse.", "Skriv din adgangskode."]


def test_a_link_from_elsewhere_signs_nobody_out(client, caseworker):
    sign_in(client)

    assert client.get("/log-ud").status_code == 405
    assert client.post("/log-ud").status_code == 400
    assert client.read("/mine-forslag").address == "/mine-forslag"
