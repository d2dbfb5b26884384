"""The front page: what needs you now first, then what came of it, then what is coming."""

from dataclasses import dataclass

from flask import g, render_template
from flask.typing import ResponseReturnValue

from budgeting.extensions import db
from budgeting.services import round_lists
from budgeting.services.round_lists import ListedRound
from budgeting.vocabulary import Phase
from budgeting.web import access
from budgeting.web.public import bp, stages, standing
from budgeting.web.public.stages import Stage
from budgeting.web.public.standing import WITH_RESULT, Standing

NOW = (Phase.VOTING, Phase.PROPOSING)
COMING = (Phase.PRESENTING, Phase.COUNTING, Phase.SCREENING, Phase.ANNOUNCED)
HOUSE_CURRENCY = "DKK"


@dataclass(frozen=True)
class Card:
    """A round as the front page shows it; an election that is only an example has no line."""

    listed: ListedRound
    standing: Standing
    stages: list[Stage] | None


@bp.get("/")
@access.public
def home() -> ResponseReturnValue:
    listed = sorted(round_lists.public_rounds(db.session(), g.now), key=_closes)
    return render_template(
        "public/home/home.html",
        has_rounds=bool(listed),
        money_oere=_money_to_share_out(listed),
        now_open=[_card(one) for phase in NOW for one in listed if one.phase is phase],
        happened=[_card(one) for one in reversed(listed) if one.phase in WITH_RESULT],
        coming=[_card(one) for phase in COMING for one in listed if one.phase is phase],
    )


def _closes(listed: ListedRound) -> tuple[object, ...]:
    """Return what puts rounds in the order in which they close; a round has every moment."""
    one = listed.budget_round
    return (one.proposing_closes if listed.phase is Phase.PROPOSING else one.voting_closes, one.id)


def _card(listed: ListedRound) -> Card:
    one = listed.budget_round
    return Card(
        listed=listed,
        standing=standing.standing_of(one, listed.phase, g.now),
        stages=None if one.source else stages.stages_of(one, listed.phase),
    )


def _money_to_share_out(listed: list[ListedRound]) -> int:
    """Return what the pots hold that people can still have a say about."""
    return sum(
        one.money_oere
        for one in listed
        if one.phase not in WITH_RESULT and one.budget_round.currency == HOUSE_CURRENCY
    )
