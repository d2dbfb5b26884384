"""The clock and the deeds decide the phase: tried on each side of every moment."""

from datetime import timedelta

import pytest

from budgeting.rulebook.phases import DeedsDone, phase_at
from budgeting.vocabulary import Phase
from tests.rulebook.rounds import TIMETABLE

SECOND = timedelta(seconds=1)
OPENED = DeedsDone(opened=True)
SCREENED = DeedsDone(opened=True, screening_finished=True)
PUBLISHED = DeedsDone(opened=True, screening_finished=True, published=True)
ADOPTED = DeedsDone(opened=True, screening_finished=True, published=True, adopted=True)


def test_a_round_that_is_not_opened_is_a_draft_whatever_the_clock_says():
    assert phase_at(TIMETABLE, DeedsDone(), TIMETABLE.voting_opens) is Phase.DRAFT


@pytest.mark.parametrize(
    ("moment", "done", "before", "after"),
    [
        ("proposing_opens", OPENED, Phase.ANNOUNCED, Phase.PROPOSING),
        ("proposing_closes", OPENED, Phase.PROPOSING, Phase.SCREENING),
        ("presenting_opens", SCREENED, Phase.SCREENING, Phase.PRESENTING),
        ("voting_opens", SCREENED, Phase.PRESENTING, Phase.VOTING),
        ("voting_closes", SCREENED, Phase.VOTING, Phase.COUNTING),
        ("realising_ends", ADOPTED, Phase.REALISING, Phase.CLOSED),
    ],
)
def test_a_phase_begins_on_its_second(moment, done, before, after):
    at = getattr(TIMETABLE, moment)

    assert phase_at(TIMETABLE, done, at - SECOND) is before
    assert phase_at(TIMETABLE, done, at) is after
    assert phase_at(TIMETABLE, done, at + SECOND) is after


@pytest.mark.parametrize("moment", ["presenting_opens", "voting_opens", "voting_closes"])
def test_nothing_is_shown_or_voted_on_before_the_screening_is_finished(moment):
    at = getattr(TIMETABLE, moment)

    assert phase_at(TIMETABLE, OPENED, at) is Phase.SCREENING


def test_the_council_decides_only_after_the_result_is_published():
    after = TIMETABLE.voting_closes + SECOND

    assert phase_at(TIMETABLE, SCREENED, after) is Phase.COUNTING
    assert phase_at(TIMETABLE, PUBLISHED, after) is Phase.DECIDING
    assert phase_at(TIMETABLE, ADOPTED, after) is Phase.REALISING
