"""Into the booth with MitID: out to the provider, and back with its word on who somebody is."""

from flask import current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from budgeting.extensions import db
from budgeting.models import BudgetRound, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import identity, openid_adapter, roll_entry
from budgeting.services.identity import Adapter, NotBelieved, Person, Question
from budgeting.web import access
from budgeting.web.citizen import booth_session, bp
from budgeting.web.forms import in_words
from budgeting.web.outgoing import outside

QUESTION = "openid"


@bp.get("/runder/<round_slug>/stem/mitid")
@access.open_to(Deed.ENTER_BOOTH)
def openid_depart(round_slug: str) -> ResponseReturnValue:
    provider = openid_adapter.for_voters()
    if provider is None:
        return redirect(url_for("citizen.booth_enter", round_slug=round_slug))
    try:
        departure = provider.depart(round_slug, back_to=_back_to(), now=g.now)
    except Refusal as refusal:
        return _no_way_in(refusal, round_slug)
    session[QUESTION] = departure.question.as_kept()
    return redirect(departure.address)


@bp.get("/stem/mitid/retur")
@access.public
def openid_return() -> ResponseReturnValue:
    """The question is taken out of the cookie first: an answer is looked at once."""
    question = identity.question_of(session.pop(QUESTION, None))
    provider = openid_adapter.for_voters()
    if question is None or provider is None:
        return _no_way_in(NotBelieved("no question was asked"), None)
    try:
        voter = _voter(provider, question)
    except Refusal as refusal:
        return _no_way_in(refusal, question.errand)
    booth_session.open_for(voter)
    return redirect(url_for("citizen.booth_pots", round_slug=question.errand))


def _voter(provider: Adapter[Person], question: Question) -> Voter:
    person = provider.come_back(
        question, answer=request.args.to_dict(), back_to=_back_to(), now=g.now
    )
    found = db.session.scalars(select(BudgetRound).where(BudgetRound.slug == question.errand)).one()
    return roll_entry.enter_with_openid(person=person, budget_round=found, now=g.now)


def _back_to() -> str:
    return outside(url_for("citizen.openid_return"))


def _no_way_in(refusal: Refusal, round_slug: str | None) -> ResponseReturnValue:
    if isinstance(refusal, NotBelieved):
        current_app.logger.warning("A sign-in was not believed: %s", refusal.reason)
    page = render_template(
        "citizen/booth/no_way_in.html",
        message=in_words(refusal),
        way_back=_way_back(round_slug),
        title=_("Du kom ikke ind"),
    )
    return page, 403


def _way_back(round_slug: str | None) -> str:
    if round_slug is None:
        return url_for("public.home")
    return url_for("citizen.booth_enter", round_slug=round_slug)
