"""*Klargør runden*: caps, at most so much of a pot for one area or one kind of project."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from budgeting.models import BudgetRound
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.services import caps
from budgeting.services.caps import CapTerms
from budgeting.web import access, formats
from budgeting.web.admin import bp, parts
from budgeting.web.admin.parts import ROUND, PartForm
from budgeting.web.forms import AmountField, TrimmedField, checks, in_words, options
from budgeting.web.forms.cleaning import without_control_signs

LOWEST_OERE, HIGHEST_OERE = 100, 1_000_000_000 * 100
CAPS = f"{ROUND}/optaellingsregel/lofter"


class CapForm(PartForm):
    """Which pot, for what, and how much at most."""

    pot = SelectField(_l("Hvilken pulje?"))
    area_id = SelectField(_l("Loft for et lokalområde"))
    category = TrimmedField(
        _l("Eller loft for en slags projekter"),
        [checks.at_most_signs(80)],
        filters=[without_control_signs],
    )
    limit = AmountField(
        _l("Hvor meget må de højst få tilsammen?"),
        [
            checks.Needed(_l("Skriv, hvor meget de højst må få tilsammen.")),
            checks.between_amounts(LOWEST_OERE, HIGHEST_OERE),
        ],
    )


@bp.route(CAPS, methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_caps(round_slug: str) -> ResponseReturnValue:
    if not g.budget_round.pots:
        flash(_("Tilføj en pulje først. Så kan du sætte et loft i den."), "info")
        return redirect(url_for("admin.rounds_pots", round_slug=round_slug))
    form = _form(g.budget_round)
    if form.validate_on_submit():
        with parts.hanging(form):
            caps.add(**parts.said(form), terms=_terms(form))
            return _back(_("Loftet er sat."))
    return parts.page(Part.COUNT, "admin/rounds/caps.html", form)


@bp.post(f"{CAPS}/<int(max=2147483647):cap_id>/fjern")
@access.open_to(Deed.SET_UP_ROUND)
def rounds_cap_remove(round_slug: str, cap_id: int) -> ResponseReturnValue:
    try:
        caps.remove(**parts.said(PartForm()), cap_id=cap_id)
    except Refusal as refusal:
        flash(in_words(refusal), "warning")
        return redirect(url_for("admin.rounds_caps", round_slug=round_slug))
    return _back(_("Loftet er fjernet."))


def _form(budget_round: BudgetRound) -> CapForm:
    form = CapForm(data={"version": budget_round.version})
    form.pot.choices = options((pot.id, pot.name) for pot in budget_round.pots)
    areas = formats.danish_sorted(budget_round.areas, "name")
    form.area_id.choices = options(
        [("", _("Vælg et sted")), *((area.id, area.name) for area in areas)]
    )
    return form


def _terms(form: CapForm) -> CapTerms:
    return CapTerms(
        pot_id=int(form.pot.data),
        area_id=int(form.area_id.data) if form.area_id.data else None,
        category=form.category.data or "",
        limit_oere=form.limit.data or 0,
    )


def _back(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("admin.rounds_caps", round_slug=g.budget_round.slug))
