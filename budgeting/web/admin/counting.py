"""Counting and publishing: what an administrator sees and does once voting has closed."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.extensions import db
from budgeting.models import Pot
from budgeting.refusals import Refusal
from budgeting.rulebook import officers
from budgeting.rulebook.deeds import Deed
from budgeting.services import (
    ballot_groups,
    boxes,
    count_orders,
    counting,
    destroying,
    publishing,
    results,
    sealing_boxes,
    turnout,
)
from budgeting.services.results import PotResult
from budgeting.vocabulary import Phase, Role
from budgeting.web import access, formats
from budgeting.web.admin import bp
from budgeting.web.context import phase_now
from budgeting.web.forms import Form, hang, in_words
from budgeting.web.lending_form import files_of, filled, lending_form
from budgeting.web.results import steps, story

WITHOUT_NUMBERS = frozenset(Phase) - {
    Phase.COUNTING,
    Phase.DECIDING,
    Phase.REALISING,
    Phase.CLOSED,
}


class PublishForm(Form):
    """Only a button."""


@bp.get("/runder/<round_slug>/optaelling")
@access.open_to(Deed.SEE_ADMIN)
def counting_show(round_slug: str) -> ResponseReturnValue:
    """Show where the count stands; nothing about votes before voting has closed."""
    if phase_now() in WITHOUT_NUMBERS:
        return render_template("admin/counting/waiting.html")
    found = results.results_of(db.session(), g.budget_round)
    stories = [story.told(one, step_number=steps.wanted(one)) for one in found]
    return render_template(
        "admin/counting/show.html",
        turnout=[
            (one.pot.name, story.turnout_words(one))
            for one in turnout.turnout_of(db.session(), g.budget_round)
        ],
        stories=stories,
        pot_heading=story.pot_heading,
        due_at=destroying.due_at(g.budget_round),
        is_under_way=count_orders.is_under_way(db.session(), g.budget_round),
    )


@bp.route("/runder/<round_slug>/optaelling/forsegling", methods=["GET", "POST"])
@access.open_to(Deed.SEAL_BALLOT_BOX)
def counting_seal(round_slug: str) -> ResponseReturnValue:
    """Confirm that the box may be sealed; the second person to confirm seals it."""
    if g.budget_round.sealed_at:
        return redirect(url_for("admin.counting_count", round_slug=round_slug))
    form = PublishForm()
    if form.validate_on_submit():
        try:
            is_sealed = sealing_boxes.confirm(
                by=access.me(), budget_round=g.budget_round, now=g.now
            )
        except Refusal as refusal:
            hang(refusal, form)
        else:
            if is_sealed:
                flash(_("Urnen er forseglet. Nu kan to nøglepersoner åbne den."), "success")
                return redirect(url_for("admin.counting_count", round_slug=round_slug))
            flash(_("Du har bekræftet. Nu skal en anden bekræfte fra sin egen konto."), "success")
            return redirect(url_for("admin.counting_seal", round_slug=round_slug))
    done = sealing_boxes.confirmations(db.session(), g.budget_round)
    page = "admin/counting/seal.html"
    mine = access.me().id in {one.account_id for one in done}
    numbers = [
        (db.session.get_one(Pot, box.pot_id).name, sealing_boxes.numbers_of(db.session(), box))
        for box in boxes.boxes_of(db.session(), g.budget_round)
    ]
    shown = render_template(page, form=form, done=done, is_mine=mine, numbers=numbers)
    return shown, form.status


@bp.route("/runder/<round_slug>/optaelling/taelling", methods=["GET", "POST"])
@access.open_to(Deed.COUNT_BALLOTS)
def counting_count(round_slug: str) -> ResponseReturnValue:
    """Seal and open, once the officers have typed their passphrases; a worker counts."""
    if g.budget_round.counted_at:
        return back()
    if count_orders.is_under_way(db.session(), g.budget_round):
        return redirect(url_for("admin.counting_progress", round_slug=round_slug))
    if g.budget_round.officers != officers.ONE and not g.budget_round.sealed_at:
        return redirect(url_for("admin.counting_seal", round_slug=round_slug))
    keys = boxes.officer_keys(db.session(), g.budget_round)
    form: Any = lending_form(keys, are_all_needed=g.budget_round.officers == 1)()
    if form.validate_on_submit():
        try:
            counting.order(
                by=access.me(),
                budget_round=g.budget_round,
                passphrases=filled(form),
                key_files=files_of(form),
                now=g.now,
            )
        except (count_orders.AlreadyCounted, count_orders.BeingCounted):
            return redirect(url_for("admin.counting_progress", round_slug=round_slug))
        except Refusal as refusal:
            hang(refusal, form)
        else:
            return redirect(url_for("admin.counting_progress", round_slug=round_slug))
    names = [key.account.name for key in keys]
    page = "admin/counting/count.html"
    return render_template(page, form=form, officers=names), form.status


@bp.route("/runder/<round_slug>/optaelling/offentliggoer", methods=["GET", "POST"])
@access.open_to(Deed.PUBLISH_RESULT)
def counting_publish(round_slug: str) -> ResponseReturnValue:
    """Make the result public, after a last word about what that means."""
    if not g.budget_round.counted_at:
        return back()
    form = PublishForm()
    if form.validate_on_submit():
        try:
            publishing.publish(by=access.me(), budget_round=g.budget_round, now=g.now)
        except publishing.AlreadyPublished as done:
            flash(in_words(done), "info")
        else:
            flash(_("Resultatet er offentligt. Nu kan byrådet beslutte."), "success")
        return back()
    found = results.results_of(db.session(), g.budget_round)
    return render_template(
        "admin/counting/publish.html",
        form=form,
        heading=story.heading(sum(len(one.recommended) for one in found), is_decided=False),
        publication=ballot_groups.level_of(db.session(), g.budget_round).value,
        **_uniqueness(found),
    )


def _uniqueness(found: list[PotResult]) -> dict[str, Any]:
    """Return how many ballots are like no other, pot by pot, and whether that calls for care."""
    told = [ballot_groups.uniqueness_of(db.session(), one) for one in found]
    rows = [
        (
            one.pot_name,
            _(
                "%(unique)s af %(ballots)s stemmesedler er ulig alle andre (%(share)s)",
                unique=formats.number(one.unique),
                ballots=formats.number(one.ballots),
                share=formats.share(one.unique, one.ballots),
            ),
        )
        for one in told
        if one.ballots
    ]
    return {"unique": rows, "is_risky": any(one.unique for one in told)}


def back() -> ResponseReturnValue:
    """Go back to where the count stands; an officer who is no administrator has a page elsewhere."""
    if Role.ADMIN not in access.me().roles:
        return redirect(url_for("officer.rounds_index"))
    return redirect(url_for("admin.counting_show", round_slug=g.budget_round.slug))
