"""What is missing before a round may open, each with the part where it is mended."""

from dataclasses import replace
from datetime import timedelta

import pytest

from budgeting.rulebook import readiness
from budgeting.rulebook.readiness import Part, Preparation
from budgeting.vocabulary import BallotType, Completion, Rule, Utility
from tests.rulebook.rounds import TIMETABLE

NOW = TIMETABLE.proposing_opens - timedelta(days=10)
READY = Preparation(
    has_texts=True,
    areas=1,
    pots=1,
    min_age=13,
    ballot_type=BallotType.APPROVAL,
    min_choices=1,
    max_choices=3,
    rule=Rule.GREEDY,
    utility=Utility.COST,
    completion=Completion.NONE,
    ties="cost,votes,id",
    timetable={name: getattr(TIMETABLE, name) for name in readiness.TIMETABLE_ORDER},
    voters=100,
    officers=3,
    keys_made=3,
    keys_tested=3,
    pairs_tested=3,
    frame_decision="Byrådet den 1. marts",
)


def _parts(made, now=NOW):
    return [missing.part for missing in readiness.missing_before_opening(made, now)]


def test_a_round_with_everything_set_up_may_open():
    assert _parts(READY) == []


@pytest.mark.parametrize(
    ("lack", "part"),
    [
        ({"has_texts": False}, Part.TEXTS),
        ({"areas": 0}, Part.AREAS),
        ({"pots": 0}, Part.POTS),
        ({"min_age": None}, Part.VOTERS),
        ({"ballot_type": None}, Part.BALLOT),
        ({"max_choices": None}, Part.BALLOT),
        ({"rule": None}, Part.COUNT),
        ({"ties": ""}, Part.COUNT),
        ({"utility": Utility.BORDA}, Part.COUNT),
        ({"voters": 0}, Part.ROLL),
        ({"keys_made": 2}, Part.OFFICER),
        ({"keys_tested": 2}, Part.OFFICER),
        ({"pairs_tested": 2}, Part.OFFICER),
        ({"officers": 1, "keys_made": 0}, Part.OFFICER),
        ({"officers": 1, "keys_made": 1, "keys_tested": 0}, Part.OFFICER),
        ({"frame_decision": ""}, Part.FRAME),
    ],
)
def test_each_thing_that_is_missing_is_named_with_its_part(lack, part):
    assert _parts(replace(READY, **lack)) == [part]


def test_one_officer_needs_nobody_to_try_the_key_with():
    alone = replace(READY, officers=1, keys_made=1, keys_tested=1, pairs_tested=0)

    assert _parts(alone) == []


@pytest.mark.parametrize("name", readiness.TIMETABLE_ORDER)
def test_every_date_must_be_set(name):
    assert _parts(replace(READY, timetable=READY.timetable | {name: None})) == [Part.TIMETABLE]


def test_dates_must_come_one_after_the_other():
    swapped = READY.timetable | {"voting_opens": TIMETABLE.voting_closes}

    assert _parts(replace(READY, timetable=swapped)) == [Part.TIMETABLE]


def test_a_deadline_for_proposals_that_has_passed_must_be_moved():
    assert _parts(READY, now=TIMETABLE.proposing_closes) == [Part.TIMETABLE]
