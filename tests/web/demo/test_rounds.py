"""What the demo's rounds show: every kind of ballot, and all that may be added to most votes first."""

import pytest

from budgeting import clock
from budgeting.demo.secrets_shown import code_of
from budgeting.models import BudgetRound, ExclusiveGroup, Project
from budgeting.services import voting
from budgeting.vocabulary import BallotType

NEWER = ("klitvang-fordeler-puljen", "skarvhavn-fem-stemmer", "skolegaarden-giv-point")
COUNTED = "hejrebaek-gav-point"


@pytest.fixture
def session(open_demo):
    from budgeting.extensions import db

    with open_demo.app_context():
        db.session.rollback()
        yield db.session


def test_every_kind_of_ballot_has_a_round(session):
    kinds = {one.ballot_type for one in session.query(BudgetRound)}
    assert kinds == set(BallotType)


def test_all_that_may_be_added_to_most_votes_first_is_there(session):
    rounds = session.query(BudgetRound).all()
    for name in ("least_votes", "least_percent", "in_part", "has_groups"):
        assert any(getattr(one, name) for one in rounds), name
    assert any(pot.caps for one in rounds for pot in one.pots)
    assert session.query(ExclusiveGroup).count() >= 2


def test_a_counted_round_waits_for_the_council_and_gives_a_part(session):
    found = session.query(BudgetRound).filter_by(slug=COUNTED).one()
    assert found.published_at
    assert not found.adopted_at
    parts = session.query(Project).filter_by(round_id=found.id).filter(Project.granted_oere > 0)
    assert [one.title for one in parts] == ["Sommerrevy på torvet"]


def test_its_result_tells_of_the_cap_and_of_the_group(open_demo):
    text = open_demo.test_client().read(f"/runder/{COUNTED}/resultat").text
    assert "Det kan ikke få penge sammen med Bane til rulleskøjter" in text
    assert "højst 45.000 kr." in text


@pytest.mark.parametrize("slug", NEWER)
def test_the_first_code_that_is_shown_opens_the_booth(open_demo, session, slug):
    found = session.query(BudgetRound).filter_by(slug=slug).one()
    code = code_of(slug, "1001").text
    assert code in open_demo.test_client().read("/demo/").text
    voter = voting.enter(code, budget_round=found, now=clock.now())
    assert [pot.id for pot in voting.pots_of(voter)] == [pot.id for pot in found.pots]
