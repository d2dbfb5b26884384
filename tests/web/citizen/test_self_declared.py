"""Where the rulebook says so, a mailed link and one's own word open the booth."""

import pytest
from sqlalchemy import func, select

from budgeting.models import Voter
from budgeting.vocabulary import Phase, WaysIn
from tests import make
from tests.web import visits

DOOR = "/runder/nordby-2026/stem"
SAID = {"birth_date": "1990-05-04", "is_true": "y"}


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.VOTING, ways_in=WaysIn.SELF_DECLARED)


@pytest.fixture
def citizen(app, session, made):
    return visits.signed_in(app, make.account(session, email="borger@example.org"))


def declare(client, made, *, status=200, **changes):
    page = client.read(DOOR)
    said = {**SAID, "area": str(made.areas[0].id), **changes}
    return client.submit(page, said, status=status)


def voters(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Voter))


def test_a_stranger_is_offered_a_link_to_here(client, made):
    page = client.read(DOOR)

    assert page.heading.endswith("Stem med din mailadresse")
    assert "next=/runder/nordby-2026/stem/mail" in page.link("Send mig et link")


def test_whoever_says_who_they_are_comes_in(citizen, made, session):
    before = voters(session)

    assert declare(citizen, made).address == f"{DOOR}/puljer"
    assert voters(session) == before + 1


def test_one_address_has_one_vote(app, citizen, made, session):
    declare(citizen, made)
    before = voters(session)
    citizen.post(f"{DOOR}/forlad")
    other = visits.signed_in(app, make.account(session, email="en-anden@example.org"))

    page = citizen.read(f"{DOOR}/mail")
    assert "Du står på valglisten." in page.text
    citizen.submit(page)
    declare(other, made)

    assert voters(session) == before + 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"birth_date": ""}, "Skriv din fødselsdato."),
        ({"birth_date": "2020-05-04"}, "fyldt 13 år"),
        ({"birth_date": "2999-05-04"}, "Se efter"),
        ({"birth_date": "1801-05-04"}, "Se efter"),
        ({"is_true": None}, "Sæt kryds"),
    ],
)
def test_what_does_not_hold_is_told_beside_its_field(citizen, made, session, changes, sentence):
    before = voters(session)

    assert sentence in " ".join(declare(citizen, made, status=422, **changes).errors)
    assert voters(session) == before


def test_another_round_has_no_such_door(app, session):
    make.budget_round(session, Phase.VOTING)
    citizen = visits.signed_in(app, make.account(session, email="borger@example.org"))

    assert citizen.read(f"{DOOR}/mail").address == DOOR


def test_the_promise_changes_its_words(client, made):
    page = client.read("/runder/nordby-2026/hemmelig-stemme")

    assert "én stemme for hver mailadresse" in page.text


def test_elsewhere_the_promise_is_as_it_was(client, session):
    make.budget_round(session, Phase.VOTING)

    assert "hver mailadresse" not in client.read("/runder/nordby-2026/hemmelig-stemme").text
