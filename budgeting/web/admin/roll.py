"""The voter roll: how far it is, a template to fill in, and starting it over while it is a draft."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.reports import cells
from budgeting.rulebook.deeds import Deed
from budgeting.services import guessing_alarm, roll
from budgeting.web import access, downloads
from budgeting.web.admin import bp, facts, parts
from budgeting.web.admin.parts import ROUND
from budgeting.web.admin.roll_codes import OneVoterForm
from budgeting.web.forms import Form


class EmptyRollForm(Form):
    """Only a button."""


@bp.get(f"{ROUND}/valgliste")
@access.open_to(Deed.SEE_ADMIN)
def roll_index(round_slug: str) -> ResponseReturnValue:
    return render_template(
        "admin/roll/index.html",
        state=roll.state_of(g.budget_round),
        by_area=roll.voters_by_area(g.budget_round),
        alarm=guessing_alarm.raised_lately(g.budget_round, g.now),
        form=OneVoterForm(),
    )


@bp.get(f"{ROUND}/valgliste/skabelon")
@access.open_to(Deed.KEEP_ROLL)
def roll_template(round_slug: str) -> ResponseReturnValue:
    area = g.budget_round.areas[0].name if g.budget_round.areas else "Nordby"
    example = [("1001", "31-12-1990", area), ("1002", "01-07-2011", area)]
    content = cells.written(("nummer", "fødselsdato", "område"), example)
    return downloads.csv_file(content, "valgliste-skabelon.csv")


@bp.route(f"{ROUND}/valgliste/toem", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def roll_empty(round_slug: str) -> ResponseReturnValue:
    form = EmptyRollForm()
    if form.validate_on_submit():
        with parts.hanging(form):
            removed = roll.empty_roll(by=parts.me(), budget_round=g.budget_round, now=g.now)
            people = facts.people(removed)
            flash(_("Valglisten er tømt. %(people)s er taget af listen.", people=people), "success")
            return redirect(url_for("admin.roll_index", round_slug=round_slug))
    state = roll.state_of(g.budget_round)
    return render_template("admin/roll/empty.html", form=form, state=state), form.status
