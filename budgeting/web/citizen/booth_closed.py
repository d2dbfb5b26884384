"""When the booth is closed to a voter who stands in it: what counts, and what came too late."""

from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from budgeting.rulebook.deeds import Deed
from budgeting.services import voting
from budgeting.services.voting import NotYourPot
from budgeting.web import errors
from budgeting.web.citizen import booth_session, bp
from budgeting.web.forms import in_words


def page() -> ResponseReturnValue:
    """Say that the vote is over, and for each of the voter's pots what stands."""
    voter = booth_session.find_voter()
    states: list[Any] = []
    if voter is not None:
        states = [
            (pot, voting.state_of(voter, pot))
            for pot in voting.pots_of(voter)
            if not voting.has_voted_on_paper(voter, pot)
        ]
    came_too_late = request.endpoint in ("citizen.booth_hand_in", "citizen.booth_check")
    return render_template(
        "citizen/booth/closed.html", states=states, came_too_late=came_too_late
    ), 403


@bp.errorhandler(403)
def _closed(_error: HTTPException) -> ResponseReturnValue:
    if g.get("refused_deed") is Deed.CAST_BALLOT and g.now >= g.budget_round.voting_closes:
        return page()
    return errors.page(403, errors.why_closed())


@bp.errorhandler(NotYourPot)
def _not_your_pot(refusal: NotYourPot) -> ResponseReturnValue:
    return errors.page(404, in_words(refusal))
