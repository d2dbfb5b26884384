"""*Klargør runden*: the six moments, suggested from the first one and checked in their order."""

from dataclasses import asdict
from datetime import datetime

from flask import g, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from budgeting.models import BudgetRound
from budgeting.rulebook import timetables
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.rulebook.rules import Timetable
from budgeting.rulebook.timetables import Moment
from budgeting.services import setting_up
from budgeting.web import access
from budgeting.web.admin import bp, parts
from budgeting.web.admin.parts import ROUND, PartForm
from budgeting.web.forms import DanishDateTimeField, checks

NEEDED = checks.Needed(_l("Vælg dag og klokkeslæt."))


class TimetableForm(PartForm):
    """Six moments, named and ordered as the rulebook names and orders them."""

    proposing_opens = DanishDateTimeField(_l(Moment.PROPOSING_OPENS.label), [NEEDED])
    proposing_closes = DanishDateTimeField(_l(Moment.PROPOSING_CLOSES.label), [NEEDED])
    presenting_opens = DanishDateTimeField(_l(Moment.PRESENTING_OPENS.label), [NEEDED])
    voting_opens = DanishDateTimeField(_l(Moment.VOTING_OPENS.label), [NEEDED])
    voting_closes = DanishDateTimeField(_l(Moment.VOTING_CLOSES.label), [NEEDED])
    realising_ends = DanishDateTimeField(_l(Moment.REALISING_ENDS.label), [NEEDED])

    @property
    def timetable(self) -> Timetable:
        """The six moments that were written."""
        return Timetable(**{moment.value: self[moment.value].data for moment in Moment})


@bp.route(f"{ROUND}/tidsplan", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_timetable(round_slug: str) -> ResponseReturnValue:
    form, is_suggested = _form(g.budget_round)
    if not is_suggested and form.validate_on_submit():
        with parts.hanging(form):
            setting_up.set_timetable(**parts.said(form), timetable=form.timetable)
            return parts.saved(Part.TIMETABLE)
    template = "admin/rounds/timetable.html"
    return parts.page(Part.TIMETABLE, template, form, is_suggested=is_suggested)


def _form(budget_round: BudgetRound) -> tuple[TimetableForm, bool]:
    """Return the form, and whether its dates are the house's suggestion."""
    form = TimetableForm(obj=budget_round)
    if request.form.get("deed") == "suggest":
        return _suggested_from(form)
    if request.method == "GET" and budget_round.proposing_opens is None:
        return _filled(timetables.first_suggestion(g.now), budget_round.version), True
    return form, False


def _suggested_from(form: TimetableForm) -> tuple[TimetableForm, bool]:
    """Fill in the rest from the first day; where it cannot be read, its own error says so."""
    if form.proposing_opens.validate(form) and form.proposing_opens.data:
        return _filled(form.proposing_opens.data, form.version.data), True
    return form, True


def _filled(first: datetime, seen_version: int | None) -> TimetableForm:
    known = asdict(timetables.suggest(first)) | {"version": seen_version}
    return TimetableForm(formdata=None, data=known)
