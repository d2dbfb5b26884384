"""The rehearsal: two officers at one table open a test envelope that is sealed to all three."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.extensions import db
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import boxes, officer_keys, pair_trials
from budgeting.web import access
from budgeting.web.forms import hang
from budgeting.web.lending_form import files_of, filled, lending_form
from budgeting.web.officer import bp


@bp.route("/<round_slug>/proev-sammen/<int:number>", methods=["GET", "POST"])
@access.open_to(Deed.MAKE_OFFICER_KEY)
def keys_pair(round_slug: str, number: int) -> ResponseReturnValue:
    """Try one's own key together with the officer whose key has this number."""
    keys = boxes.officer_keys(db.session(), g.budget_round)
    own = officer_keys.own_key(db.session(), g.budget_round, access.me())
    partner = next((key for key in keys if key.number == number), None)
    if own is None or partner is None or partner is own:
        abort(404)
    form: Any = lending_form([own, partner], are_all_needed=True)()
    if form.validate_on_submit():
        try:
            pair_trials.try_pair(
                by=access.me(),
                budget_round=g.budget_round,
                passphrases=filled(form),
                key_files=files_of(form),
                now=g.now,
            )
        except Refusal as refusal:
            hang(refusal, form)
        else:
            flash(
                _("Du og %(name)s åbnede prøvekuverten sammen.", name=partner.account.name),
                "success",
            )
            return redirect(url_for("officer.keys_index", round_slug=round_slug))
    page = "officer/keys/pair.html"
    return render_template(page, form=form, partner=partner), form.status
