"""What cannot be undone asks again who sits there, and loses nothing of what was written."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from budgeting import clock
from budgeting.models import SignIn
from budgeting.rulebook import deeds
from budgeting.rulebook.deeds import Deed
from budgeting.services import accounts, second_factors
from budgeting.vocabulary import Phase, Role
from tests import make
from tests.web import visits

PASSWORD = "bænken står i parken"
OPEN = "/admin/runder/nordby-2026/aabn"


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.DRAFT)


@pytest.fixture
def client(app, session, made):
    app.config["REAUTHENTICATION_MINUTES"] = 10
    asta = accounts.create_staff("a@example.org", "A", [Role.ADMIN], PASSWORD, now=clock.now())
    return visits.signed_in(app, asta)


@pytest.fixture
def stale(client, session):
    """The administrator came in eleven minutes ago."""
    session.execute(update(SignIn).values(confirmed_at=clock.now() - timedelta(minutes=11)))
    session.commit()
    return client


def press(client):
    page = client.read(OPEN)
    return client.open(OPEN, method="POST", data=page.form().filled_in({}), follow_redirects=True)


def asked(client):
    page = client.read(OPEN)
    return client.submit(page, status=403)


def test_whoever_has_just_come_in_is_not_asked(client, made, session):
    assert press(client).status_code == 200

    session.refresh(made.budget_round)
    assert made.budget_round.opened_at is not None


def test_after_ten_minutes_the_deed_waits_for_an_answer(stale, made, session):
    page = asked(stale)

    assert page.heading == "Bekræft, at det er dig"
    session.refresh(made.budget_round)
    assert made.budget_round.opened_at is None


def test_the_password_lets_the_deed_go_on_with_what_was_sent(stale, made, session):
    stale.submit(asked(stale), {"confirm_proof": PASSWORD})

    session.refresh(made.budget_round)
    assert made.budget_round.opened_at is not None


def test_a_wrong_password_does_not(stale, made, session):
    refused = stale.submit(asked(stale), {"confirm_proof": "forkert sætning"}, status=422)

    assert "Adgangskoden passer ikke" in refused.text
    session.refresh(made.budget_round)
    assert made.budget_round.opened_at is None


def test_a_code_from_the_telephone_does_too(app, stale, made, session, monkeypatch):
    checked = []
    monkeypatch.setattr(second_factors, "has_one", lambda account: True)
    monkeypatch.setattr(second_factors, "check", lambda account, *, code, now: checked.append(code))

    stale.submit(asked(stale), {"confirm_proof": "123 456"})

    assert checked == ["123456"]


def test_no_passphrase_is_carried_along(app):
    from budgeting.web import confirming

    sent = {"passphrase_0": "hemmelig", "password": "h", "reason": "Fordi", "csrf_token": "x"}
    with app.test_request_context("/", method="POST", data=sent):
        assert confirming._carried() == [("reason", "Fordi")]


def test_reading_is_never_asked_about(stale):
    assert stale.read(OPEN).heading != "Bekræft, at det er dig"


def test_the_deeds_that_cannot_be_undone_are_these():
    assert {
        Deed.OPEN_ROUND,
        Deed.FINISH_SCREENING,
        Deed.SEAL_BALLOT_BOX,
        Deed.COUNT_BALLOTS,
        Deed.PUBLISH_RESULT,
        Deed.ADOPT_RESULT,
        Deed.DESTROY_BALLOT_BOX,
    } == deeds.CANNOT_BE_UNDONE
