"""How far the keys to a ballot box are: each officer's own, and the pairs that open together."""

from dataclasses import dataclass

from budgeting.extensions import db
from budgeting.models import BudgetRound
from budgeting.rulebook import officers
from budgeting.services import boxes, pair_trials


@dataclass(frozen=True)
class ShownPair:
    """Two officers, and whether they have opened a test envelope together."""

    numbers: tuple[int, int]
    names: tuple[str, str]
    is_tried: bool


def pairs(budget_round: BudgetRound) -> list[ShownPair]:
    """Return the pairs there are; none before all officers have made their keys."""
    keys = boxes.officer_keys(db.session(), budget_round)
    if len(keys) < budget_round.officers:
        return []
    tried = pair_trials.tried(db.session(), budget_round)
    return [
        ShownPair(
            numbers=pair,
            names=(keys[pair[0]].account.name, keys[pair[1]].account.name),
            is_tried=pair in tried,
        )
        for pair in officers.pairs(budget_round.officers)
    ]
