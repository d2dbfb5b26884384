"""*Klargør runden*: who can open the ballot box."""

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from budgeting.rulebook import officers
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.services import choosing_officers
from budgeting.web import access
from budgeting.web.admin import bp, parts, rule_choices
from budgeting.web.admin.parts import ROUND, PartForm
from budgeting.web.forms import checks, options


class BoxForm(PartForm):
    """How many officers there are."""

    officers = RadioField(
        _l("Hvem kan åbne urnen?"), [checks.Needed(_l("Vælg, hvem der kan åbne urnen."))]
    )


@bp.route(f"{ROUND}/stemmeurne", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_box(round_slug: str) -> ResponseReturnValue:
    form = BoxForm(
        data={"version": g.budget_round.version, "officers": str(g.budget_round.officers)}
    )
    form.officers.choices = options(
        [(str(number), rule_choices.officers(number)) for number in officers.CHOICES]
    )
    if form.validate_on_submit():
        with parts.hanging(form):
            choosing_officers.choose_officers(**parts.said(form), officers=int(form.officers.data))
            return parts.saved(Part.BALLOT_BOX)
    return parts.page(Part.BALLOT_BOX, "admin/rounds/box.html", form)
