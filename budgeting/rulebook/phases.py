"""Which phase a round is in: the clock and the deeds done decide, nothing else.

The clock alone opens and closes proposing and voting. Deeds hold a round back where
people would otherwise meet something unfinished: nothing is presented or voted on
before the screening is finished, nothing is decided before the result is published.
"""

from dataclasses import dataclass
from datetime import datetime

from budgeting.rulebook.rules import Timetable
from budgeting.vocabulary import Phase


@dataclass(frozen=True, kw_only=True)
class DeedsDone:
    """Which of the deeds that move a round on have been done."""

    opened: bool = False
    screening_finished: bool = False
    published: bool = False
    adopted: bool = False


def phase_at(timetable: Timetable, done: DeedsDone, now: datetime) -> Phase:
    """Return the phase of an opened round at this moment; each phase starts on its second."""
    if not done.opened:
        return Phase.DRAFT
    if now < timetable.proposing_opens:
        return Phase.ANNOUNCED
    if now < timetable.proposing_closes:
        return Phase.PROPOSING
    if now < timetable.presenting_opens or not done.screening_finished:
        return Phase.SCREENING
    if now < timetable.voting_opens:
        return Phase.PRESENTING
    if now < timetable.voting_closes:
        return Phase.VOTING
    return _phase_after_voting(timetable, done, now)


def _phase_after_voting(timetable: Timetable, done: DeedsDone, now: datetime) -> Phase:
    if not done.published:
        return Phase.COUNTING
    if not done.adopted:
        return Phase.DECIDING
    return Phase.REALISING if now < timetable.realising_ends else Phase.CLOSED
