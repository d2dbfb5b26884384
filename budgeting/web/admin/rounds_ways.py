"""*Klargør runden*: how voters come into the booth."""

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.services import choosing_ways
from budgeting.vocabulary import WaysIn
from budgeting.web import access
from budgeting.web.admin import bp, parts
from budgeting.web.admin.parts import ROUND, PartForm
from budgeting.web.forms import checks, options_of


class WaysForm(PartForm):
    """One way, or codes and MitID side by side."""

    ways_in = RadioField(
        _l("Hvordan kommer vælgerne ind?"),
        [checks.Needed(_l("Vælg, hvordan vælgerne kommer ind."))],
    )


@bp.route(f"{ROUND}/vej-ind", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_ways(round_slug: str) -> ResponseReturnValue:
    chosen = g.budget_round.ways_in
    form = WaysForm(data={"ways_in": chosen.value, "version": g.budget_round.version})
    form.ways_in.choices = options_of(list(WaysIn))
    if form.validate_on_submit():
        with parts.hanging(form):
            choosing_ways.choose(**parts.said(form), ways_in=WaysIn(form.ways_in.data))
            return parts.saved(Part.WAYS_IN)
    return parts.page(Part.WAYS_IN, "admin/rounds/ways.html", form)
