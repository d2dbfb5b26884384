"""*Klargør runden*: the pots, each with a sum and the area it is for."""

from typing import Any

from flask import abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from budgeting.models import BudgetRound, Pot
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.services import places_and_pots
from budgeting.services.places_and_pots import KnownPotTerms, PotTerms
from budgeting.web import access, formats
from budgeting.web.admin import bp, parts
from budgeting.web.admin.parts import ROUND, PartForm
from budgeting.web.forms import AmountField, TrimmedField, checks, in_words, options
from budgeting.web.forms.cleaning import without_control_signs

EVERYONE = ""
LOWEST_OERE, HIGHEST_OERE = 1_000 * 100, 1_000_000_000 * 100
POT = f"{ROUND}/puljer/<int(max=2147483647):pot_id>"


class PotForm(PartForm):
    """A sum for an area or for everyone."""

    name = TrimmedField(
        _l("Hvad hedder puljen?"),
        [checks.Needed(_l("Skriv, hvad puljen hedder.")), checks.at_most_signs(120)],
        filters=[without_control_signs],
    )
    budget_limit = AmountField(
        _l("Hvor mange penge er der i puljen?"),
        [
            checks.Needed(_l("Skriv, hvor mange penge der er i puljen.")),
            checks.between_amounts(LOWEST_OERE, HIGHEST_OERE),
        ],
    )
    area_id = SelectField(_l("Hvem er puljen for?"))


@bp.route(f"{ROUND}/puljer", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_pots(round_slug: str) -> ResponseReturnValue:
    form = _form(g.budget_round)
    if form.validate_on_submit():
        with parts.hanging(form):
            places_and_pots.add_pot(**parts.said(form), terms=PotTerms(**_terms(form)))
            return _back(_("Puljen „%(name)s“ er tilføjet.", name=form.name.data))
    return parts.page(Part.POTS, "admin/rounds/pots.html", form, pots=g.budget_round.pots)


@bp.route(POT, methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_pot(round_slug: str, pot_id: int) -> ResponseReturnValue:
    pot = _pot(pot_id)
    form = _form(g.budget_round, pot)
    if form.validate_on_submit():
        with parts.hanging(form):
            terms = KnownPotTerms(pot_id=pot_id, **_terms(form))
            places_and_pots.change_pot(**parts.said(form), terms=terms)
            return _back(_("Puljen „%(name)s“ er gemt.", name=form.name.data))
    return parts.page(Part.POTS, "admin/rounds/pot.html", form, pot=_pot(pot_id))


@bp.post(f"{POT}/fjern")
@access.open_to(Deed.SET_UP_ROUND)
def rounds_pot_remove(round_slug: str, pot_id: int) -> ResponseReturnValue:
    form = PartForm()
    try:
        places_and_pots.remove_pot(**parts.said(form), pot_id=pot_id)
    except Refusal as refusal:
        flash(in_words(refusal), "warning")
        return redirect(url_for("admin.rounds_pots", round_slug=round_slug))
    return _back(_("Puljen er fjernet."))


def _form(budget_round: BudgetRound, pot: Pot | None = None) -> PotForm:
    known = {"version": budget_round.version}
    if pot is not None:
        known |= {"name": pot.name, "budget_limit": pot.budget_limit_oere}  # type: ignore[dict-item]
        known |= {"area_id": pot.area_id or EVERYONE}  # type: ignore[dict-item]
    form = PotForm(data=known)
    areas = formats.danish_sorted(budget_round.areas, "name")
    named = [(area.id, _("Kun %(area)s", area=area.name)) for area in areas]
    form.area_id.choices = options([(EVERYONE, _("Alle i runden")), *named])
    return form


def _terms(form: PotForm) -> dict[str, Any]:
    return {
        "name": form.name.data or "",
        "budget_limit_oere": form.budget_limit.data or 0,
        "area_id": int(form.area_id.data) if form.area_id.data else None,
    }


def _pot(pot_id: int) -> Pot:
    try:
        return places_and_pots.get_pot(g.budget_round, pot_id)
    except places_and_pots.UnknownPot:
        abort(404)


def _back(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("admin.rounds_pots", round_slug=g.budget_round.slug))
