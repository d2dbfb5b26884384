"""The frozen rules as rows of a name and a value."""

from flask_babel import gettext as _

from budgeting.rulebook.rules import PotRule, Rulebook
from budgeting.rulebook.timetables import Moment
from budgeting.web import formats


def pot_rows(rulebook: Rulebook) -> list[tuple[str, str]]:
    """Return each pot with its sum and who it is for."""
    return [(pot.name, _sum_and_place(pot, rulebook.currency)) for pot in rulebook.pots]


def moment_rows(rulebook: Rulebook) -> list[tuple[str, str]]:
    """Return each moment of the timetable."""
    times = rulebook.timetable
    return [(_(moment.label), formats.when(getattr(times, moment))) for moment in Moment]


def _sum_and_place(pot: PotRule, currency: str) -> str:
    limit = formats.kr(pot.budget_limit_oere, currency)
    if pot.area is None:
        return _("%(sum)s for alle", sum=limit)
    return _("%(sum)s for %(area)s", sum=limit, area=pot.area)
