"""What a proposal must keep to, and what is said of it when."""

from datetime import UTC, datetime, timedelta

import pytest

from budgeting.rulebook import proposals
from budgeting.rulebook.rules import Timetable
from budgeting.vocabulary import Phase, ProposalStatus, ScreeningOutcome

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
TIMETABLE = Timetable(
    proposing_opens=START,
    proposing_closes=START + timedelta(days=10),
    presenting_opens=START + timedelta(days=20),
    voting_opens=START + timedelta(days=30),
    voting_closes=START + timedelta(days=40),
    realising_ends=START + timedelta(days=400),
)


def status(*, withdrawn=False, finished=False, outcome=None, phase=Phase.SCREENING):
    return proposals.status_of(
        is_withdrawn=withdrawn, screening_is_finished=finished, outcome=outcome, phase=phase
    )


@pytest.mark.parametrize("outcome", [None, *ScreeningOutcome])
@pytest.mark.parametrize("phase", [Phase.PROPOSING, Phase.SCREENING])
def test_no_answer_shows_before_the_screening_is_finished(outcome, phase):
    hidden = {ProposalStatus.SUBMITTED, ProposalStatus.AWAITING_ANSWER}

    assert status(outcome=outcome, phase=phase) in hidden


@pytest.mark.parametrize(
    ("outcome", "shown"),
    [
        (ScreeningOutcome.APPROVED, ProposalStatus.APPROVED),
        (ScreeningOutcome.REJECTED, ProposalStatus.REJECTED),
        (None, ProposalStatus.AWAITING_ANSWER),
    ],
)
def test_the_answer_shows_once_the_screening_is_finished(outcome, shown):
    assert status(finished=True, outcome=outcome) is shown


def test_a_withdrawn_proposal_is_withdrawn_whatever_was_answered():
    answered = status(withdrawn=True, finished=True, outcome=ScreeningOutcome.APPROVED)

    assert answered is ProposalStatus.WITHDRAWN


def test_an_amount_up_to_the_whole_pot_is_allowed():
    proposals.check_amount(300_000_00, 300_000_00)


@pytest.mark.parametrize(
    ("amount", "refusal"),
    [
        (300_000_01, proposals.AmountAbovePot),
        (0, proposals.AmountNotAboveZero),
        (-1, proposals.AmountNotAboveZero),
    ],
)
def test_an_amount_no_pot_can_pay_is_refused(amount, refusal):
    with pytest.raises(refusal):
        proposals.check_amount(amount, 300_000_00)


def test_a_pot_for_everyone_pays_anywhere():
    proposals.check_place("Nordby", None)
    proposals.check_place(None, None)


@pytest.mark.parametrize("place", ["Sydby", None])
def test_a_local_pot_pays_only_in_its_own_area(place):
    with pytest.raises(proposals.PotIsForAnotherArea):
        proposals.check_place(place, "Nordby")


@pytest.mark.parametrize("word", ProposalStatus)
@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.DRAFT])
def test_every_moment_a_next_step_names_is_given(word, phase):
    step = proposals.next_step(word, phase, TIMETABLE, START)

    assert step is None or step.sentence % step.moments


def test_a_late_answer_is_admitted():
    late = TIMETABLE.presenting_opens + timedelta(days=1)

    step = proposals.next_step(ProposalStatus.AWAITING_ANSWER, Phase.SCREENING, TIMETABLE, late)

    assert step is not None
    assert "ikke færdig" in step.sentence
