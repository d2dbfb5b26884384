"""The rounds of the municipality: the list, a new one, and *Klargør runden*."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from budgeting.extensions import db
from budgeting.rulebook.deeds import Deed
from budgeting.services import creating, preparing, rounds
from budgeting.vocabulary import Phase
from budgeting.web import access
from budgeting.web.admin import bp, next_deeds, parts, tasks
from budgeting.web.admin.parts import ROUND
from budgeting.web.context import phase_now
from budgeting.web.forms import Form, TrimmedField, checks
from budgeting.web.forms.cleaning import without_control_signs

LONGEST_TITLE = 100


class NewRoundForm(Form):
    """A title is enough to begin."""

    title = TrimmedField(
        _l("Hvad skal runden hedde?"),
        [checks.Needed(_l("Skriv et navn til runden.")), checks.at_most_signs(LONGEST_TITLE)],
        filters=[without_control_signs],
    )


@bp.get("/runder")
@access.open_to(Deed.SEE_ADMIN)
def rounds_index() -> ResponseReturnValue:
    return render_template("admin/rounds/index.html", shown=next_deeds.all_rounds(g.now))


@bp.route("/runder/ny", methods=["GET", "POST"])
@access.open_to(Deed.CREATE_ROUND)
def rounds_new() -> ResponseReturnValue:
    form = NewRoundForm()
    if form.validate_on_submit():
        with parts.hanging(form):
            made = creating.create_round(by=parts.me(), title=form.title.data or "", now=g.now)
            flash(_("Runden er oprettet som kladde. Kun I kan se den."), "success")
            return redirect(url_for("admin.rounds_prepare", round_slug=made.slug))
    return render_template("admin/rounds/new.html", form=form), form.status


@bp.get(f"{ROUND}/klargoer")
@access.open_to(Deed.SEE_ADMIN)
def rounds_prepare(round_slug: str) -> ResponseReturnValue:
    budget_round = g.budget_round
    if phase_now() is not Phase.DRAFT:
        frozen = rounds.frozen_version(db.session(), budget_round)
        return render_template(
            "admin/rounds/opened.html", frozen=frozen, told=tasks.told(budget_round)
        )
    missing = preparing.missing_before_opening(budget_round, g.now)
    return render_template(
        "admin/rounds/prepare.html",
        groups=tasks.groups(budget_round, missing),
        gaps=tasks.gaps(budget_round, missing),
        missing_count=len(missing),
    )
