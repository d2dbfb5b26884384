"""Into the booth with MitID: out to the provider, and back with its word on who somebody is."""

from flask import current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from budgeting.extensions import db
from budgeting.models import BudgetRound, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import openid_claims, openid_journey, openid_provider, roll_entry
from budgeting.services.openid_journey import Question
from budgeting.services.openid_tokens import NotBelieved
from budgeting.web import access
from budgeting.web.citizen import booth_session, bp
from budgeting.web.forms import in_words
from budgeting.web.outgoing import outside

QUESTION = "openid"


@bp.get("/runder/<round_slug>/stem/mitid")
@access.open_to(Deed.ENTER_BOOTH)
def openid_depart(round_slug: str) -> ResponseReturnValue:
    provider = openid_provider.find()
    if provider is None:
        return redirect(url_for("citizen.booth_enter", round_slug=round_slug))
    try:
        departure = openid_journey.depart(
            provider, round_slug=round_slug, back_to=_back_to(), now=g.now
        )
    except Refusal as refusal:
        return _no_way_in(refusal, round_slug)
    session[QUESTION] = departure.question.as_kept()
    return redirect(departure.address)


@bp.get("/stem/mitid/retur")
@access.public
def openid_return() -> ResponseReturnValue:
    """The question is taken out of the cookie first: an answer is looked at once."""
    question = openid_journey.question_of(session.pop(QUESTION, None))
    provider = openid_provider.find()
    if question is None or provider is None:
        return _no_way_in(NotBelieved("no question was asked"), None)
    try:
        voter = _voter(provider, question)
    except Refusal as refusal:
        return _no_way_in(refusal, question.round_slug)
    booth_session.open_for(voter)
    return redirect(url_for("citizen.booth_pots", round_slug=question.round_slug))


def _voter(provider: openid_provider.Provider, question: Question) -> Voter:
    claims = openid_journey.come_back(
        provider, question, answer=request.args.to_dict(), back_to=_back_to(), now=g.now
    )
    person = openid_claims.person_of(claims, provider)
    found = db.session.scalars(
        select(BudgetRound).where(BudgetRound.slug == question.round_slug)
    ).one()
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
