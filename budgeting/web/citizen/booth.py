"""Into the booth with a code, round among one's pots, and out again."""

from flask import g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from budgeting.models import Pot
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import choosing_ways, openid_adapter, voting
from budgeting.vocabulary import WaysIn
from budgeting.web import access, visitor_order
from budgeting.web.citizen import booth_session, booth_words, bp
from budgeting.web.citizen.booth_forms import CodeForm
from budgeting.web.forms import hang


@bp.route("/runder/<round_slug>/stem", methods=["GET", "POST"])
@access.open_to(Deed.ENTER_BOOTH)
def booth_enter(**_: str) -> ResponseReturnValue:
    if g.budget_round.ways_in not in choosing_ways.WITH_CODES:
        return _door_without_codes()
    form = CodeForm()
    if form.validate_on_submit():
        try:
            voter = voting.enter(
                form.code.data or "",
                budget_round=g.budget_round,
                now=g.now,
                address=request.remote_addr or "",
            )
        except Refusal as refusal:
            hang(refusal, form)
        else:
            booth_session.open_for(voter)
            return redirect(_first_page(voting.pots_of(voter)))
    elif booth_session.find_voter() is not None:
        return redirect(url_for("citizen.booth_pots", round_slug=g.budget_round.slug))
    page = render_template("citizen/booth/enter.html", form=form, provider_name=_provider_name())
    return page, form.status


def _door_without_codes() -> ResponseReturnValue:
    """Show the way in where the rulebook has no codes."""
    slug = g.budget_round.slug
    if booth_session.find_voter() is not None:
        return redirect(url_for("citizen.booth_pots", round_slug=slug))
    if g.budget_round.ways_in is WaysIn.SELF_DECLARED:
        return redirect(url_for("citizen.self_declared_enter", round_slug=slug))
    return render_template("citizen/booth/enter_openid.html", provider_name=_provider_name())


def _provider_name() -> str:
    """Return what people call the provider; empty where there is none, or no such way in."""
    if g.budget_round.ways_in not in choosing_ways.WITH_OPENID:
        return ""
    provider = openid_adapter.for_voters()
    return provider.name if provider else ""


def _first_page(pots: tuple[Pot, ...]) -> str:
    """Return the ballot itself where there is only one, else the list of them."""
    slug = g.budget_round.slug
    if len(pots) == 1:
        return url_for("citizen.booth_choose", round_slug=slug, pot_id=pots[0].id)
    return url_for("citizen.booth_pots", round_slug=slug)


@bp.get("/runder/<round_slug>/stem/puljer")
@access.open_to(Deed.CAST_BALLOT)
def booth_pots(**_: str) -> ResponseReturnValue:
    states = [(pot, voting.state_of(g.voter, pot)) for pot in voting.pots_of(g.voter)]
    rows = [
        (
            pot,
            state,
            booth_words.state_in(g.voter, pot, g.now),
            booth_words.is_missing(g.voter, pot),
        )
        for pot, state in states
    ]
    missing = [pot for pot, _state, _words, is_missing in rows if is_missing]
    rule = voting.rulebook_of(g.voter)
    return render_template(
        "citizen/booth/pots.html", rows=rows, missing=missing, min_age=rule.min_age
    )


@bp.post("/runder/<round_slug>/stem/forlad")
@access.public
def booth_leave(round_slug: str) -> ResponseReturnValue:
    booth_session.leave()
    farewell = redirect(url_for("citizen.booth_left", round_slug=round_slug))
    return visitor_order.forget(make_response(farewell))


@bp.get("/runder/<round_slug>/stem/farvel")
@access.public
def booth_left(**_: str) -> ResponseReturnValue:
    return render_template("citizen/booth/left.html")
