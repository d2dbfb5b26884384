"""Staff sign in with a password and a telephone; what a half sign-in may see is nothing."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from budgeting import clock
from budgeting.services import accounts, one_time_codes, second_factors
from budgeting.vocabulary import Role
from tests import make

PASSWORD = "bænken står i parken"


@pytest.fixture
def torben(app, session):
    app.config["STAFF_SECOND_FACTOR"] = True
    make.municipality(session)
    return accounts.create_staff(
        "torben@example.org", "Torben", [Role.CASEWORKER], PASSWORD, now=datetime.now(UTC)
    )


def sign_in(client):
    page = client.read("/log-ind/medarbejder?next=/konto")
    return client.submit(page, {"email": "torben@example.org", "password": PASSWORD})


def shown_secret(page):
    return re.search(r"secret=([A-Z2-7]{32})", page.html)[1]


def code(secret_text):
    import base64

    return one_time_codes.code_at(
        base64.b32decode(secret_text), one_time_codes.step_of(clock.now())
    )


def set_up(client):
    page = sign_in(client)
    return client.submit(page, {"code": code(shown_secret(page))}), shown_secret(page)


def test_the_first_sign_in_sets_up_the_telephone_and_shows_the_recovery_codes(client, torben):
    page, _secret = set_up(client)

    assert page.heading == "Dine nødkoder"
    assert len(re.findall(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", page.text)) == 8
    assert client.read("/konto").heading == "Din konto"


def test_the_secret_is_drawn_without_asking_others_and_only_once(client, torben):
    page = sign_in(client)
    assert page.soup.find("img")["src"].startswith("data:image/svg+xml")
    client.submit(page, {"code": code(shown_secret(page))})
    client.post("/log-ud")

    again = sign_in(client.application.test_client())

    assert again.heading == "Skriv koden fra din telefon"
    assert shown_secret(page) not in again.html


def test_after_the_password_alone_nobody_is_signed_in(client, torben):
    sign_in(client)

    assert client.read("/sagsbehandling/").address == "/log-ind/medarbejder"
    assert client.read("/konto").address == "/log-ind"


def test_the_telephone_opens_the_door_to_where_one_was_going(app, client, torben):
    _page, secret = set_up(client)
    app.config["CLOCK_OFFSET_FILE"] = ""
    clock.set_offset(timedelta(minutes=1))
    other = app.test_client()

    inside = other.submit(sign_in(other), {"code": code(secret)})

    assert inside.address == "/konto"


def test_a_code_seen_over_the_shoulder_does_not_work_again(app, client, torben):
    _page, secret = set_up(client)
    thief = app.test_client()

    refused = thief.submit(sign_in(thief), {"code": code(secret)}, status=422)

    assert "allerede brugt" in refused.text


def test_a_wrong_code_is_refused_in_words(client, torben):
    refused = client.submit(sign_in(client), {"code": "000 00"}, status=422)

    assert "Koden passer ikke" in refused.text


def test_a_recovery_code_opens_the_door_once(app, client, torben):
    page, _secret = set_up(client)
    recovery = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", page.text)[0]
    other, third = app.test_client(), app.test_client()

    assert other.submit(sign_in(other), {"code": recovery}).address == "/konto"
    assert third.submit(sign_in(third), {"code": recovery}, status=422)


@pytest.mark.parametrize("step", ["kode", "ny-telefon"])
def test_the_second_step_begins_with_the_first(client, torben, step):
    assert client.read(f"/log-ind/medarbejder/{step}").address == "/log-ind/medarbejder"


def test_whoever_has_a_telephone_set_up_is_not_let_in_by_setting_up_another(client, torben):
    set_up(client)
    client.post("/log-ud")
    other = client.application.test_client()
    sign_in(other)

    assert other.read("/log-ind/medarbejder/ny-telefon").heading == "Skriv koden fra din telefon"


def test_citizens_are_asked_for_no_second_factor(app, session):
    app.config["STAFF_SECOND_FACTOR"] = True

    assert not second_factors.is_asked_of(make.account(session))
