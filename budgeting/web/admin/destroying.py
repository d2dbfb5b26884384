"""Destroying envelopes and keys once nobody can object any more: the page that asks first."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import destroying
from budgeting.web import access
from budgeting.web.admin import bp
from budgeting.web.forms import Form, hang


class DestroyForm(Form):
    """Only a button."""


@bp.route("/runder/<round_slug>/optaelling/destruer", methods=["GET", "POST"])
@access.open_to(Deed.DESTROY_BALLOT_BOX)
def destroying_confirm(round_slug: str) -> ResponseReturnValue:
    """Destroy what links voters to ballots, after a last word about what that means."""
    back = redirect(url_for("admin.counting_show", round_slug=round_slug))
    if g.budget_round.destroyed_at:
        return back
    form = DestroyForm()
    if form.validate_on_submit():
        try:
            destroying.destroy(by=access.me(), budget_round=g.budget_round, now=g.now)
        except Refusal as refusal:
            hang(refusal, form)
        else:
            flash(_("Kuverterne og nøglerne er destrueret."), "success")
            return back
    page = "admin/destroying/confirm.html"
    due_at = destroying.due_at(g.budget_round)
    return render_template(page, form=form, due_at=due_at), form.status
