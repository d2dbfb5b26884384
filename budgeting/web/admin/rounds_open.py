"""Opening a round: the page that spells out what happens, and who holds the key."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.extensions import db
from budgeting.rulebook.deeds import Deed
from budgeting.services import boxes, choosing_officers, opening, preparing
from budgeting.web import access, key_progress
from budgeting.web.admin import bp, parts, tasks
from budgeting.web.admin.parts import ROUND, PartForm


@bp.route(f"{ROUND}/aabn", methods=["GET", "POST"])
@access.open_to(Deed.OPEN_ROUND)
def rounds_open(round_slug: str) -> ResponseReturnValue:
    form = PartForm(data={"version": g.budget_round.version})
    if form.validate_on_submit():
        with parts.hanging(form):
            opening.open_round(**parts.said(form))
            flash(_("Runden er åbnet, og spillereglerne er låst."), "success")
            return redirect(url_for("admin.rounds_prepare", round_slug=round_slug))
    missing = preparing.missing_before_opening(g.budget_round, g.now)
    page = render_template(
        "admin/rounds/open.html",
        form=form,
        gaps=tasks.gaps(g.budget_round, missing),
        told=tasks.told(g.budget_round),
    )
    return page, form.status


@bp.post(f"{ROUND}/noegleperson/<int:number>/fjern")
@access.open_to(Deed.SET_UP_ROUND)
def rounds_officer_remove(round_slug: str, number: int) -> ResponseReturnValue:
    form = PartForm()
    if form.validate_on_submit():
        with parts.hanging(form):
            choosing_officers.make_room(**parts.said(form), number=number)
            flash(_("Nøglen er fjernet. Nu kan en anden nøgleperson lave sin nøgle."), "success")
    return redirect(url_for("admin.rounds_officer", round_slug=round_slug))


@bp.get(f"{ROUND}/noegleperson")
@access.open_to(Deed.SEE_ADMIN)
def rounds_officer(round_slug: str) -> ResponseReturnValue:
    return render_template(
        "admin/rounds/officer.html",
        keys=boxes.officer_keys(db.session(), g.budget_round),
        officers=preparing.officers(),
        pairs=key_progress.pairs(g.budget_round),
    )
