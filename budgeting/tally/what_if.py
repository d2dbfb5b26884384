"""The same ballots under several rules, side by side.

``compare(instance, profile, list of settings)`` counts by each and measures what people
ask about: how many voters got something, how much, and where the money went. Each view
also says whether a group was neglected (``proportionality``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from budgeting.tally import proportionality
from budgeting.tally.counting import count
from budgeting.tally.election import POINTED, Instance, Profile, Project
from budgeting.tally.electorate import Electorate, gather
from budgeting.tally.outcome import Outcome, exact_text
from budgeting.tally.proportionality import Neglected
from budgeting.tally.settings import GreedyOptions, RuleSettings
from budgeting.vocabulary import BallotType, Completion, ReasonKind, Rule, Utility


@dataclass(frozen=True, slots=True)
class View:
    """One rule's outcome and what it means for people.

    share_spent        of the budget limit
    share_with_one     of the voters, who have at least one funded project on their ballot
    mean_funded_cost   what the funded projects on a ballot got, on average, smallest units
    by_area            share of the money spent under each area; "" is no area
    by_category        the same by category, a project's cost split over its categories
    neglected          the most neglected group, or None
    """

    settings: RuleSettings
    outcome: Outcome
    share_spent: Fraction
    share_with_one: Fraction
    mean_funded_cost: Fraction
    by_area: dict[str, Fraction]
    by_category: dict[str, Fraction]
    neglected: Neglected | None


def compare(
    instance: Instance, profile: Profile, settings: Sequence[RuleSettings]
) -> tuple[View, ...]:
    """Count by each of the settings and look at the outcomes side by side."""
    electorate = gather(instance, profile, Utility.CARDINALITY)
    return tuple(view(electorate, count(instance, profile, one)) for one in settings)


def usual_settings(
    ballot_type: BallotType, like: RuleSettings | None = None
) -> tuple[RuleSettings, ...]:
    """The rules worth looking at for a ballot type, with the ties and increment of ``like``."""
    base = like or RuleSettings(Rule.GREEDY)
    base = replace(
        base, completion=Completion.NONE, compare=None, skip=False, greedy=GreedyOptions()
    )
    by_votes, equal = Utility.COST, Utility.COST
    if ballot_type in POINTED:
        by_votes, equal = Utility.POINTS_COST, Utility.POINTS
    elif ballot_type is BallotType.ORDINAL:
        by_votes, equal = Utility.BORDA_COST, Utility.BORDA
    shares = replace(base, rule=Rule.EQUAL_SHARES, utility=equal)
    rules = [
        replace(base, rule=Rule.GREEDY, utility=by_votes),
        shares,
        replace(shares, completion=Completion.ADD1),
        replace(shares, completion=Completion.ADD1_GREEDY),
        replace(base, rule=Rule.PHRAGMEN, utility=Utility.CARDINALITY),
    ]
    if ballot_type is BallotType.ORDINAL:
        rules.append(replace(base, rule=Rule.EXPANDING_APPROVALS, utility=Utility.BORDA))
    if ballot_type in POINTED:
        rules.append(replace(base, rule=Rule.MINIMAL_TRANSFERS, utility=Utility.POINTS))
    return tuple(rules)


def view(electorate: Electorate, outcome: Outcome) -> View:
    """Measure one outcome; the electorate says who named which project."""
    winners = set(outcome.winners)
    funded = [
        _paid(outcome, one, cost) if one in winners else 0
        for one, cost in zip(electorate.ids, electorate.costs, strict=True)
    ]
    got = funded_costs(electorate, funded)
    voters = max(1, electorate.voters)
    sizes = [int(size) for size in electorate.sizes]
    served = sum(size for size, own in zip(sizes, got, strict=True) if own)
    total = sum(size * own for size, own in zip(sizes, got, strict=True))
    chosen = [
        replace(one, cost=_paid(outcome, one.id, one.cost))
        for one in electorate.instance.projects
        if one.id in winners
    ]
    return View(
        settings=outcome.settings,
        outcome=outcome,
        share_spent=Fraction(outcome.total_cost, outcome.budget_limit),
        share_with_one=Fraction(served, voters),
        mean_funded_cost=Fraction(total, voters),
        by_area=_shares((one.area, one.cost) for one in chosen),
        by_category=_shares(part for one in chosen for part in _by_category(one)),
        neglected=proportionality.most_neglected(electorate, outcome.winners, got),
    )


def _paid(outcome: Outcome, project_id: str, cost: int) -> int:
    """What a funded project got: its cost, or a part of it."""
    return outcome.reasons[project_id].granted or cost


def funded_costs(electorate: Electorate, funded: Sequence[int]) -> list[int]:
    """Per group of voters, what the funded projects they named cost together."""
    start, other, _ = electorate.by_ballot
    places = other.tolist() if hasattr(other, "tolist") else other
    costs = [funded[place] for place in places]
    return [sum(costs[int(begin) : int(end)]) for begin, end in pairwise(start)]


def _by_category(project: Project) -> Iterable[tuple[str, Fraction]]:
    names = project.categories or ("",)
    return ((name, Fraction(project.cost, len(names))) for name in names)


def _shares(parts: Iterable[tuple[str, Fraction | int]]) -> dict[str, Fraction]:
    money: dict[str, Fraction] = {}
    for name, cost in parts:
        money[name] = money.get(name, Fraction()) + cost
    total = sum(money.values(), Fraction())
    return {name: money[name] / total for name in sorted(money)}


def as_json(one: View) -> dict[str, Any]:
    """Plain values for json.dumps; exact numbers become strings."""
    neglected = one.neglected
    return {
        "settings": one.settings.to_json(),
        "winners": sorted(one.outcome.winners),
        "total_cost": one.outcome.total_cost,
        "granted_in_part": {
            reason.project_id: reason.granted
            for reason in one.outcome.reasons.values()
            if reason.kind is ReasonKind.FUNDED_IN_PART
        },
        "share_spent": exact_text(one.share_spent),
        "share_with_one": exact_text(one.share_with_one),
        "mean_funded_cost": exact_text(one.mean_funded_cost),
        "by_area": {name: exact_text(share) for name, share in one.by_area.items()},
        "by_category": {name: exact_text(share) for name, share in one.by_category.items()},
        "neglected": neglected and neglected.to_json(),
    }
