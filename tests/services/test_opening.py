"""Opening a round: only a finished draft, once, and its rules are frozen as they stood."""

import hashlib

import pytest

from budgeting import clock
from budgeting.models import OfficerKey, RulebookVersion
from budgeting.refusals import EditedMeanwhile, NotYourDeed
from budgeting.rulebook import rules
from budgeting.services import opening, rounds, setting_up
from budgeting.services.locked_rules import RulesAreLocked
from budgeting.vocabulary import Phase, Role
from tests import make


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.DRAFT)


@pytest.fixture
def admin(session):
    return make.account(session, Role.ADMIN)


def open_it(made, admin, **changed):
    return opening.open_round(
        **{
            "by": admin,
            "budget_round": made.budget_round,
            "seen_version": made.budget_round.version,
            "now": clock.now(),
        }
        | changed
    )


def test_a_finished_draft_opens(made, admin):
    open_it(made, admin)

    assert rounds.phase_of(made.budget_round, clock.now()) is Phase.ANNOUNCED


def test_the_frozen_rules_are_those_of_the_draft(session, made, admin):
    version = open_it(made, admin)

    rulebook = rules.from_json(version.canonical_json)
    assert rulebook.pots[0].name == made.pots[0].name
    assert rulebook.ballot.max_choices == 3
    assert version.fingerprint == hashlib.sha256(version.canonical_json.encode()).hexdigest()


def test_the_lot_is_drawn_and_committed_to_before_anyone_votes(made, admin):
    rulebook = rules.from_json(open_it(made, admin).canonical_json)

    seed = made.budget_round.lot_seed
    assert rulebook.lot_commitment == hashlib.sha256(seed.encode()).hexdigest()
    assert len(seed) >= 32


def test_a_draft_with_something_missing_does_not_open(session, made, admin):
    made.budget_round.frame_decision = ""
    session.commit()

    with pytest.raises(opening.NotReady):
        open_it(made, admin)
    assert session.query(RulebookVersion).count() == 0


def test_an_untried_key_keeps_the_round_closed(session, made, admin):
    session.query(OfficerKey).one().tested_at = None
    session.commit()

    with pytest.raises(opening.NotReady):
        open_it(made, admin)


def test_a_draft_that_changed_after_it_was_read_does_not_open(made, admin):
    seen = made.budget_round.version
    setting_up.choose_voters(
        by=admin, budget_round=made.budget_round, seen_version=seen, min_age=18, now=clock.now()
    )

    with pytest.raises(EditedMeanwhile):
        open_it(made, admin, seen_version=seen)


def test_a_round_opens_once(made, admin):
    open_it(made, admin)

    with pytest.raises(RulesAreLocked):
        open_it(made, admin)


def test_only_an_admin_opens(made, admin):
    with pytest.raises(NotYourDeed):
        open_it(made, made.people[Role.OFFICER])
