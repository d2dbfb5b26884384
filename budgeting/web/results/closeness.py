"""How close an unfunded project was: with how many votes more, or at which lower price.

Both numbers were found by counting again when the votes were counted; a pot that took too
long to count has none.
"""

from collections.abc import Iterator

from flask_babel import gettext, ngettext

from budgeting.rulebook.ballots import WITH_POINTS
from budgeting.services.results import PotResult
from budgeting.tally import Reason
from budgeting.vocabulary import BallotType
from budgeting.web.results import wording


def sentences(result: PotResult, reason: Reason) -> Iterator[str]:
    """Say what would have been enough; nothing where it is unknown or far away."""
    found = (result.count.closeness or {}).get(reason.project_id, {})
    ballots: int = found.get("ballots_missing") or reason.votes_missing or 0
    has_votes = 0 < ballots <= max(1, result.outcome.voters)
    if has_votes and result.ballot_type in WITH_POINTS:
        yield from _with_points(result, ballots, found.get("points_each"))
    elif has_votes and (found or not wording.counts_points(result)):
        yield _with_votes(result, ballots)
    cost = found.get("greatest_cost")
    if cost is not None and reason.cost // 2 <= cost < reason.cost:
        less = wording.money(result, reason.cost - cost)
        if has_votes:
            yield gettext("Havde det kostet %(less)s mindre, var det også kommet med.", less=less)
        else:
            yield gettext("Havde det kostet %(less)s mindre, var det kommet med.", less=less)


def _with_points(result: PotResult, ballots: int, points: int | None) -> Iterator[str]:
    """Say how many more would have been enough, and how much each of them would have given."""
    if not points:
        return
    given = wording.votes(points) if wording.spreads_votes(result) else wording.points(points)
    yield ngettext(
        "Havde %(num)d vælger mere givet det %(given)s, var det kommet med.",
        "Havde %(num)d vælgere mere givet det %(given)s hver, var det kommet med.",
        ballots,
        given=given,
    )


def _with_votes(result: PotResult, ballots: int) -> str:
    if result.ballot_type is BallotType.ORDINAL:
        return ngettext(
            "Havde %(num)d vælger mere sat det alene på sin liste, var det kommet med.",
            "Havde %(num)d vælgere mere sat det alene på deres liste, var det kommet med.",
            ballots,
        )
    return gettext("Med %(votes)s mere var det kommet med.", votes=wording.votes(ballots))
