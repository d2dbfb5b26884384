"""Filling in a ballot: choose, check, hand in, receipt. Choices travel in POST bodies only."""

import secrets

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.models import Pot
from budgeting.refusals import WrongPhase
from budgeting.rulebook.ballots import InvalidBallot
from budgeting.rulebook.deeds import Deed
from budgeting.services import voting
from budgeting.services.envelopes import BoxIsSealed
from budgeting.services.key_guard import KeysSwapped
from budgeting.services.paper_marks import VotedOnPaper
from budgeting.web import access
from budgeting.web.citizen import (
    booth_closed,
    booth_drawing,
    booth_marks,
    booth_moves,
    booth_session,
    booth_words,
    bp,
)
from budgeting.web.citizen.booth_forms import BallotForm
from budgeting.web.citizen.booth_marks import Marks
from budgeting.web.forms import hang


@bp.route("/runder/<round_slug>/stem/<int:pot_id>", methods=["GET", "POST"])
@access.open_to(Deed.CAST_BALLOT)
def booth_choose(pot_id: int, **_: str) -> ResponseReturnValue:
    pot = voting.pot_of(g.voter, pot_id)
    if voting.has_voted_on_paper(g.voter, pot):
        return _on_paper(pot)
    form = _ballot_form()
    move = booth_moves.read(request.form.get("move", ""))
    form.choices.data = booth_moves.apply(form.choices.data, move)
    return booth_drawing.ballot(pot, form, _marks(form, move), move)


@bp.route("/runder/<round_slug>/stem/<int:pot_id>/tjek", methods=["GET", "POST"])
@access.open_to(Deed.CAST_BALLOT)
def booth_check(pot_id: int, **_: str) -> ResponseReturnValue:
    pot = voting.pot_of(g.voter, pot_id)
    form = _ballot_form()
    if request.method == "GET":
        return redirect(_address("citizen.booth_choose", pot))
    marks = _marks(form)
    try:
        marks.refuse_unreadable()
        voting.refuse_unless_valid(g.voter, pot, marks.choices, marks.points)
    except (InvalidBallot, KeysSwapped) as refusal:
        hang(refusal, form)
        return booth_drawing.ballot(pot, form, marks, None)
    except VotedOnPaper:
        return _on_paper(pot)
    form.nonce.data = secrets.token_hex(16)
    return booth_drawing.check(pot, form, marks)


@bp.route("/runder/<round_slug>/stem/<int:pot_id>/aflever", methods=["GET", "POST"])
@access.open_to(Deed.CAST_BALLOT)
def booth_hand_in(pot_id: int, **_: str) -> ResponseReturnValue:
    form = _ballot_form()
    if request.method == "GET":
        return redirect(_address("citizen.booth_choose", voting.pot_of(g.voter, pot_id)))
    fixed = voting.fixed_for(g.voter)
    marks = booth_marks.read(form, fixed.rulebook.ballot)
    try:
        kept = _hand_in(pot_id, form, marks, fixed)
    except (InvalidBallot, KeysSwapped) as refusal:
        hang(refusal, form)
        return booth_drawing.ballot(voting.pot_of(g.voter, pot_id), form, marks, None)
    except (WrongPhase, BoxIsSealed):
        return booth_closed.page()
    except VotedOnPaper:
        return _on_paper(voting.pot_of(g.voter, pot_id))
    _tell_if_replaced(kept)
    return redirect(url_for("citizen.booth_receipt", **request.view_args or {}), code=303)


@bp.get("/runder/<round_slug>/stem/<int:pot_id>/kvittering")
@access.open_to(Deed.CAST_BALLOT)
def booth_receipt(pot_id: int, **_: str) -> ResponseReturnValue:
    pot = voting.pot_of(g.voter, pot_id)
    handed_in = voting.state_of(g.voter, pot)
    if handed_in is None:
        return redirect(_address("citizen.booth_choose", pot))
    pots = voting.pots_of(g.voter)
    missing = [other for other in pots if booth_words.is_missing(g.voter, other)]
    return render_template(
        "citizen/booth/receipt.html",
        pot=pot,
        pots=pots,
        handed_in=handed_in,
        moment=booth_words.moment(handed_in.at, g.now),
        missing=missing,
    )


def _ballot_form() -> BallotForm:
    form = BallotForm()
    form.booth.data = booth_session.pass_now()
    if "show_all" in request.form:
        form.find.data = form.area.data = ""
        form.only_chosen.data = False
    return form


def _marks(form: BallotForm, move: booth_moves.Move | None = None) -> Marks:
    return booth_marks.read(form, voting.rulebook_of(g.voter).ballot, move)


def _hand_in(pot_id: int, form: BallotForm, marks: Marks, fixed: voting.FixedRound) -> voting.Kept:
    marks.refuse_unreadable()
    nonce = form.nonce.data or secrets.token_hex(16)
    filled = voting.Filled(marks.choices, marks.points, nonce)
    return voting.hand_in(g.voter, pot_id, filled, g.now, fixed)


def _tell_if_replaced(kept: voting.Kept) -> None:
    """Say so where an old page was sent again after a newer vote: the newer one counts."""
    if not kept.is_standing:
        flash(
            _(
                "Den stemmeseddel havde du afleveret før. Siden har du afleveret en ny, "
                "og det er den nye, der tæller. Her er dens kvittering."
            ),
            "info",
        )


def _on_paper(pot: Pot) -> ResponseReturnValue:
    return render_template("citizen/booth/on_paper.html", pot=pot), 409


def _address(endpoint: str, pot: Pot) -> str:
    return url_for(endpoint, round_slug=g.budget_round.slug, pot_id=pot.id)
