"""A round as a line of stages with their dates: what is over, what is now, what is coming."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from budgeting.models import BudgetRound
from budgeting.rulebook.rules import Timetable
from budgeting.services import rounds
from budgeting.vocabulary import Phase
from budgeting.web import formats

LINE = (
    Phase.PROPOSING,
    Phase.SCREENING,
    Phase.PRESENTING,
    Phase.VOTING,
    Phase.COUNTING,
    Phase.DECIDING,
    Phase.REALISING,
)
ORDER = list(Phase)


@dataclass(frozen=True)
class Stage:
    """One stage as the time line draws it; ``state`` is past, now or coming."""

    title: str
    dates: str
    state: str


def stages_of(budget_round: BudgetRound, phase: Phase) -> list[Stage]:
    """Return the stages of an opened round.

    An imported election has only its days of voting: its other dates are not known.
    """
    times = rounds.timetable_of(budget_round)
    if budget_round.source:
        return [Stage(_("Afstemning"), _between(times.voting_opens, times.voting_closes), "past")]
    dates = _dates(budget_round, times)
    return [Stage(_(one.label), dates.get(one, ""), _state(one, phase)) for one in LINE]


def _state(stage: Phase, phase: Phase) -> str:
    here, now = ORDER.index(stage), ORDER.index(phase)
    if here == now:
        return "now"
    return "past" if here < now else "coming"


def _dates(budget_round: BudgetRound, times: Timetable) -> dict[Phase, str]:
    return {
        Phase.PROPOSING: _between(times.proposing_opens, times.proposing_closes),
        Phase.SCREENING: _("Svar senest %(day)s", day=formats.day(times.presenting_opens)),
        Phase.PRESENTING: _between(times.presenting_opens, times.voting_opens),
        Phase.VOTING: _between(times.voting_opens, times.voting_closes),
        Phase.COUNTING: _("Når afstemningen er slut"),
        Phase.REALISING: _("Senest %(day)s", day=formats.day(times.realising_ends)),
        **dict(_dates_of_deeds(budget_round)),
    }


def _dates_of_deeds(budget_round: BudgetRound) -> Iterator[tuple[Phase, str]]:
    """Yield the days that no timetable knows before they have been."""
    if budget_round.published_at:
        yield (
            Phase.COUNTING,
            _("Resultatet kom %(day)s", day=formats.day(budget_round.published_at)),
        )
    if budget_round.adopted_at:
        yield Phase.DECIDING, _("Vedtaget %(day)s", day=formats.day(budget_round.adopted_at))


def _between(first: datetime, last: datetime) -> str:
    """Write two days; month and year stand once where they are the same."""
    begins, ends = formats.danish_time(first), formats.danish_time(last)
    if (begins.year, begins.month) == (ends.year, ends.month):
        return f"{formats.day_of_month(first)}–{formats.day(last)}"
    if begins.year == ends.year:
        return f"{formats.day_and_month(first)} – {formats.day(last)}"
    return f"{formats.day(first)} – {formats.day(last)}"
