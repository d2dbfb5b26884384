"""Pages for when something cannot be done: in plain words, with a way on, never a trace."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from budgeting.extensions import db
from budgeting.models import BudgetRound
from budgeting.refusals import NotYourDeed, Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import locked_rules
from budgeting.web import formats
from budgeting.web.context import phase_now
from budgeting.web.forms.base import in_words

LOCKED_BY_OPENING = frozenset({Deed.SET_UP_ROUND, Deed.OPEN_ROUND, Deed.MAKE_OFFICER_KEY})
KNOWN = (400, 403, 404, 405, 410, 413, 422, 429, 500)


def add_to(app: Flask) -> None:
    """Add a page for each kind of trouble."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(Exception, _our_mistake)


def page(status: int, message: str = "") -> ResponseReturnValue:
    """Render the page of a status, with what happened in words."""
    known = status if status in KNOWN else 500
    return render_template(f"errors/{known}.html", message=message), status


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    return page(error.code, why_closed() if error.code == 403 else "")


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    return page(
        400, _("Siden har været åben for længe. Gå tilbage, hent siden igen, og prøv igen.")
    )


def _refusal(refusal: Refusal) -> ResponseReturnValue:
    return page(403 if isinstance(refusal, NotYourDeed) else 422, in_words(refusal))


def _our_mistake(_error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    current_app.logger.exception("Unexpected error")
    return page(500, _vote_may_be_in() if request.endpoint == "citizen.booth_hand_in" else "")


def _vote_may_be_in() -> str:
    """Say what a voter does who got no receipt: the same form counts once, however often it comes."""
    return _(
        "Du har ikke fået en kvittering, og vi ved ikke, om din stemme nåede frem. "
        "Gå tilbage, og aflever den igen. Den tæller kun én gang."
    )


def why_closed() -> str:
    """Say why a deed is closed now, with the date that matters to it."""
    budget_round = g.get("budget_round")
    deed = g.get("refused_deed")
    if budget_round is None or deed is None:
        return ""
    if deed in LOCKED_BY_OPENING and budget_round.opened_at:
        return in_words(locked_rules.lock_of(db.session(), budget_round))
    for sentence, moment in chain(_already(deed, budget_round), _sentences(deed, budget_round)):
        if moment is not None:
            return sentence % {"when": formats.when(moment)}
    phase = phase_now()
    return _("Runden er i fasen „%(phase)s“.", phase=_(phase.label) if phase else "")


def _already(deed: Deed, budget_round: BudgetRound) -> Iterator[tuple[str, datetime | None]]:
    """Yield that a deed that is done once has been done: whoever clicks twice is told so."""
    if deed in {Deed.SCREEN_PROPOSAL, Deed.FINISH_SCREENING}:
        yield (
            _("Vurderingen blev afsluttet %(when)s. Svarene er offentlige."),
            budget_round.screening_finished_at,
        )
    if deed in {Deed.COUNT_BALLOTS, Deed.PUBLISH_RESULT}:
        yield _("Resultatet blev offentliggjort %(when)s."), budget_round.published_at
    if deed is Deed.ADOPT_RESULT:
        yield (
            _("Byrådet besluttede %(when)s. Beslutningen kan læses af alle."),
            budget_round.adopted_at,
        )


def _sentences(deed: Deed, budget_round: BudgetRound) -> Iterator[tuple[str, datetime | None]]:
    """Yield the sentences that may explain the refusal, the best first."""
    now = g.now
    if deed is Deed.WRITE_PROPOSAL and budget_round.proposing_opens:
        if now < budget_round.proposing_opens:
            yield _("Du kan skrive forslag fra %(when)s."), budget_round.proposing_opens
        else:
            yield _("Fristen for forslag var %(when)s."), budget_round.proposing_closes
    if deed in {Deed.ENTER_BOOTH, Deed.CAST_BALLOT} and budget_round.voting_closes:
        if now >= budget_round.voting_closes:
            yield _("Afstemningen sluttede %(when)s."), budget_round.voting_closes
        else:
            yield _("Afstemningen begynder %(when)s."), budget_round.voting_opens
    if deed is Deed.READ_PROJECTS and budget_round.presenting_opens:
        yield _when_projects_come(budget_round.presenting_opens), budget_round.presenting_opens
    if deed is Deed.READ_RESULT and budget_round.voting_closes:
        yield (
            _("Resultatet er ikke offentliggjort endnu. Afstemningen slutter %(when)s."),
            budget_round.voting_closes,
        )


def _when_projects_come(opens: datetime) -> str:
    if g.now < opens:
        return _("Projekterne bliver vist fra %(when)s.")
    return _("Projekterne bliver vist, når kommunen er færdig med at se på forslagene.")
