"""Made-up ballots of the demo's voters, of any type: popular projects are chosen more often."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from budgeting.models import Project
from budgeting.rulebook.ballots import Paper
from budgeting.rulebook.rules import BallotRule
from budgeting.vocabulary import BallotType

HEAVIEST = 10
FEWEST_WANTED = 2


@dataclass(frozen=True)
class Filled:
    """What a voter chose, and the points beside it where the ballot has them."""

    choices: list[str]
    points: list[int] | None = None


def fill(
    rule: BallotRule,
    projects: Sequence[Project],
    weights: Mapping[str, int],
    limit_oere: int,
    chance: Random,
) -> Filled:
    """Return a valid ballot; ``weights`` says how often each title is chosen, from 1 to 10."""
    weighted = {project.ballot_id: weights[project.title] for project in projects}
    match rule.ballot_type:
        case BallotType.KNAPSACK:
            costs = {project.ballot_id: project.cost_oere for project in projects}
            return Filled(_spent(_drawn(weighted, len(weighted), chance), Paper(costs, limit_oere)))
        case BallotType.CUMULATIVE:
            return _spread(rule, weighted, chance)
        case BallotType.SCORING:
            return _scored(rule, weighted, chance)
        case _:
            wanted = chance.randint(max(rule.min_choices, FEWEST_WANTED), rule.max_choices)
            return Filled(_drawn(weighted, wanted, chance))


def _drawn(weighted: Mapping[str, int], wanted: int, chance: Random) -> list[str]:
    left = dict(weighted)
    drawn: list[str] = []
    while left and len(drawn) < wanted:
        drawn.append(chance.choices(list(left), list(left.values()))[0])
        del left[drawn[-1]]
    return drawn


def _spent(in_order: Sequence[str], paper: Paper) -> list[str]:
    chosen, left = [], paper.budget_limit_oere
    for one in in_order:
        if paper.costs_oere[one] <= left:
            chosen.append(one)
            left -= paper.costs_oere[one]
    return chosen


def _spread(rule: BallotRule, weighted: Mapping[str, int], chance: Random) -> Filled:
    drawn = chance.choices(list(weighted), list(weighted.values()), k=rule.votes_each)
    votes = {one: min(many, rule.most_per_project) for one, many in Counter(drawn).items()}
    return Filled(list(votes), list(votes.values()))


def _scored(rule: BallotRule, weighted: Mapping[str, int], chance: Random) -> Filled:
    points = {
        one: max(
            rule.lowest_points,
            round(rule.highest_points * chance.random() * (weight + 1) / HEAVIEST),
        )
        for one, weight in weighted.items()
    }
    return Filled(list(points), [min(one, rule.highest_points) for one in points.values()])
