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
from budgeting.services.paper_marks import VotedOnPaper
from budgeting.vocabulary import BallotType
from budgeting.web import access, exclusive_words, visitor_order
from budgeting.web.citizen import (
    booth_closed,
    booth_moves,
    booth_session,
    booth_sheet,
    booth_words,
    bp,
)
from budgeting.web.citizen.booth_forms import BallotForm
from budgeting.web.forms import hang, options


@bp.route("/runder/<round_slug>/stem/<int:pot_id>", methods=["GET", "POST"])
@access.open_to(Deed.CAST_BALLOT)
def booth_choose(pot_id: int, **_: str) -> ResponseReturnValue:
    pot = voting.pot_of(g.voter, pot_id)
    if voting.has_voted_on_paper(g.voter, pot):
        return _on_paper(pot)
    form = _ballot_form()
    move = booth_moves.read(request.form.get("move", ""))
    form.choices.data = booth_moves.apply(form.choices.data, move)
    return _ballot(pot, form, move)


@bp.route("/runder/<round_slug>/stem/<int:pot_id>/tjek", methods=["GET", "POST"])
@access.open_to(Deed.CAST_BALLOT)
def booth_check(pot_id: int, **_: str) -> ResponseReturnValue:
    pot = voting.pot_of(g.voter, pot_id)
    form = _ballot_form()
    if request.method == "GET":
        return redirect(_address("citizen.booth_choose", pot))
    try:
        voting.refuse_unless_valid(g.voter, pot, form.choices.data)
    except InvalidBallot as refusal:
        hang(refusal, form)
        return _ballot(pot, form)
    except VotedOnPaper:
        return _on_paper(pot)
    form.nonce.data = secrets.token_hex(16)
    return _to_check(pot, form)


@bp.route("/runder/<round_slug>/stem/<int:pot_id>/aflever", methods=["GET", "POST"])
@access.open_to(Deed.CAST_BALLOT)
def booth_hand_in(pot_id: int, **_: str) -> ResponseReturnValue:
    pot, voter_id = voting.pot_of(g.voter, pot_id), g.voter.id
    form = _ballot_form()
    if request.method == "GET":
        return redirect(_address("citizen.booth_choose", pot))
    try:
        receipt = _cast(pot, form)
    except InvalidBallot as refusal:
        hang(refusal, form)
        return _ballot(pot, form)
    except (WrongPhase, BoxIsSealed):
        return booth_closed.page()
    except VotedOnPaper:
        return _on_paper(pot)
    _tell_if_replaced(receipt, voter_id, pot_id)
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
    return form


def _cast(pot: Pot, form: BallotForm) -> str:
    return voting.cast(
        voter=g.voter,
        pot=pot,
        choices=form.choices.data,
        form_nonce=form.nonce.data or secrets.token_hex(16),
        now=g.now,
    )


def _tell_if_replaced(receipt: str, voter_id: int, pot_id: int) -> None:
    """Say so where an old page was sent again after a newer vote: the newer one counts."""
    if not voting.is_standing(receipt, voter_id, pot_id):
        flash(
            _(
                "Den stemmeseddel havde du afleveret før. Siden har du afleveret en ny, "
                "og det er den nye, der tæller. Her er dens kvittering."
            ),
            "info",
        )


def _ballot(
    pot: Pot, form: BallotForm, move: booth_moves.Move | None = None
) -> ResponseReturnValue:
    """Draw the page where one chooses, with what is chosen so far."""
    rule = voting.rulebook_of(g.voter).ballot
    projects = visitor_order.in_visitors_order(voting.projects_of(pot))
    wanted = booth_sheet.Wanted(form.find.data or "", form.area.data or "")
    sheet = booth_sheet.draw(projects, form.choices.data, rule.ballot_type, wanted, move)
    form.area.choices = options([("", _("Alle områder")), *((area, area) for area in sheet.areas)])
    handed_in = voting.state_of(g.voter, pot)
    page = render_template(
        f"citizen/booth/choose_{rule.ballot_type}.html",
        pot=pot,
        form=form,
        sheet=sheet,
        groups=exclusive_words.of_pot(pot),
        counted=booth_words.counted(rule, sheet.projects),
        limits=booth_words.limits(rule, sheet.projects),
        most=rule.max_choices,
        said=booth_words.moved(sheet, move),
        handed_in=handed_in,
        state=booth_words.draft_state(handed_in, g.now, len(form.choices.data)),
        state_untouched=booth_words.draft_state(handed_in, g.now, 0),
        state_changed=booth_words.draft_state(handed_in, g.now, 1),
    )
    return page, form.status


def _on_paper(pot: Pot) -> ResponseReturnValue:
    return render_template("citizen/booth/on_paper.html", pot=pot), 409


def _to_check(pot: Pot, form: BallotForm) -> ResponseReturnValue:
    rule = voting.rulebook_of(g.voter).ballot
    known = {project.ballot_id: project for project in voting.projects_of(pot)}
    chosen = [known[choice] for choice in form.choices.data]
    return render_template(
        "citizen/booth/check.html",
        pot=pot,
        form=form,
        chosen=chosen,
        excluding=list(exclusive_words.met_by(pot, chosen)),
        is_ranked=rule.ballot_type is BallotType.ORDINAL,
        counted=booth_words.counted(rule, len(known))[len(chosen)],
        state=booth_words.draft_state(voting.state_of(g.voter, pot), g.now, len(chosen)),
    )


def _address(endpoint: str, pot: Pot) -> str:
    return url_for(endpoint, round_slug=g.budget_round.slug, pot_id=pot.id)
