"""Marking on the roll that somebody votes on paper, one voter and one pot at a time."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from budgeting.rulebook.deeds import Deed
from budgeting.services import paper_votes
from budgeting.web import access
from budgeting.web.admin import bp, parts
from budgeting.web.admin.parts import ROUND
from budgeting.web.forms import Form, TrimmedField, checks, options


class PaperForm(Form):
    """Whose envelope it is; the number is sent in the form, never in an address."""

    roll_number = TrimmedField(
        _l("Vælgerens nummer"), [checks.Needed(_l("Skriv vælgerens nummer på valglisten."))]
    )
    pot = SelectField(_l("Pulje"))


@bp.route(f"{ROUND}/papirstemmer", methods=["GET", "POST"])
@access.open_to(Deed.MARK_PAPER_VOTE)
def paper_mark(round_slug: str) -> ResponseReturnValue:
    pots = {str(pot.id): pot for pot in g.budget_round.pots}
    form = PaperForm()
    form.pot.choices = options((number, pot.name) for number, pot in pots.items())
    if form.validate_on_submit():
        with parts.hanging(form):
            voter = paper_votes.find_voter(form.roll_number.data or "", g.budget_round)
            pot = pots[form.pot.data]
            paper_votes.mark(by=parts.me(), voter=voter, pot=pot, now=g.now)
            flash(_("Vælgeren er krydset af i %(pot)s.", pot=pot.name), "success")
            return redirect(url_for("admin.paper_mark", round_slug=round_slug))
    rule = paper_votes.rule_of(g.budget_round)
    return render_template("admin/paper/mark.html", form=form, rule=rule), form.status
