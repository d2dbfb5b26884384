"""The six moments of a timetable: their names, their order, and a first suggestion."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from budgeting.refusals import Refusal
from budgeting.rulebook.rules import Timetable
from budgeting.timezone import COPENHAGEN
from budgeting.vocabulary import N_, LabelledEnum


class Moment(LabelledEnum):
    """A moment that opens or closes something, in the order they must come."""

    PROPOSING_OPENS = "proposing_opens", N_("Borgerne kan skrive forslag fra")
    PROPOSING_CLOSES = "proposing_closes", N_("Sidste frist for forslag")
    PRESENTING_OPENS = "presenting_opens", N_("Projekterne bliver vist fra")
    VOTING_OPENS = "voting_opens", N_("Afstemningen åbner")
    VOTING_CLOSES = "voting_closes", N_("Afstemningen slutter")
    REALISING_ENDS = "realising_ends", N_("Projekterne skal være færdige")


class MomentTooEarly(Refusal):
    """A moment lies before the one it must follow."""

    message = N_("Vælg et tidspunkt efter „%(earlier)s“ (%(when)s).")


class DeadlineIsPast(Refusal):
    """Nobody could write a proposal any more."""

    field = Moment.PROPOSING_CLOSES.value
    message = N_("Fristen for forslag er allerede overskredet. Vælg en dag, der kommer.")


MORNING = time(8, 0)
LAST_MINUTE = time(23, 59)
# Four weeks to propose, three to screen, one to read, two to vote, two years to carry out.
SUGGESTED = (
    (Moment.PROPOSING_CLOSES, 27, LAST_MINUTE),
    (Moment.PRESENTING_OPENS, 49, MORNING),
    (Moment.VOTING_OPENS, 56, MORNING),
    (Moment.VOTING_CLOSES, 69, LAST_MINUTE),
    (Moment.REALISING_ENDS, 69 + 730, LAST_MINUTE),
)
WEEKS_OF_NOTICE = 2


def check(timetable: Timetable, now: datetime) -> None:
    """Refuse a timetable whose moments do not come one after the other, from now on."""
    for earlier, later in pairwise(Moment):
        begins: datetime = getattr(timetable, earlier)
        if getattr(timetable, later) <= begins:
            raise MomentTooEarly(field=later.value, earlier=earlier, when=begins)
    if timetable.proposing_closes <= now:
        raise DeadlineIsPast()


def suggest(first: datetime) -> Timetable:
    """Suggest a whole timetable from the moment proposing opens."""
    first_day = first.astimezone(COPENHAGEN).date()
    rest = {
        moment.value: _on(first_day + timedelta(days=days), at) for moment, days, at in SUGGESTED
    }
    return Timetable(proposing_opens=first, **rest)


def first_suggestion(now: datetime) -> datetime:
    """Return a Monday morning with time to tell people before it comes."""
    today = now.astimezone(COPENHAGEN).date()
    days = 7 * WEEKS_OF_NOTICE + (-today.weekday()) % 7
    return _on(today + timedelta(days=days), MORNING)


def _on(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=COPENHAGEN)
