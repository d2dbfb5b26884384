"""The other rules the obvious way, straight from their definitions, voter by voter."""

from fractions import Fraction

from budgeting.tally.electorate import gather
from budgeting.tally.ties import TieChain


def greedy(instance, profile, utility, ties):
    """Order by utility per cost, take what fits."""
    electorate = gather(instance, profile, utility)
    chain = TieChain(ties, instance.projects, electorate.votes_by_id)
    worth = [
        Fraction(strength * factor, cost)
        for strength, factor, cost in zip(
            electorate.strength, electorate.factors, electorate.costs, strict=True
        )
    ]
    order = sorted(
        electorate.candidates, key=lambda place: (-worth[place], chain.rank[electorate.ids[place]])
    )
    left, chosen = instance.budget_limit, []
    for place in order:
        if electorate.costs[place] <= left:
            left -= electorate.costs[place]
            chosen.append(electorate.ids[place])
    return chosen


def phragmen(instance, profile, ties, skip=False):
    """Loads voter by voter."""
    electorate = gather(instance, profile, "cardinality")
    chain = TieChain(ties, instance.projects, electorate.votes_by_id)
    voters = [set(electorate.supports(group)) for group in range(len(electorate.sizes))]
    loads = [Fraction()] * len(voters)
    chosen, left = [], instance.budget_limit
    standing = {electorate.ids[place] for place in electorate.candidates}
    while standing:
        mean = {}
        for one in standing:
            place = electorate.place_of[one]
            backing = [g for g, supports in enumerate(voters) if (place, 1) in supports]
            total = electorate.costs[place] + sum(electorate.sizes[g] * loads[g] for g in backing)
            mean[one] = total / sum(electorate.sizes[g] for g in backing)
        least = min(mean.values())
        tied = [one for one in standing if mean[one] == least]
        dear = [one for one in tied if electorate.costs[electorate.place_of[one]] > left]
        if dear and not skip:
            return chosen
        if dear:
            standing -= set(dear)
            continue
        winner = chain.first(tied)
        place = electorate.place_of[winner]
        for group, supports in enumerate(voters):
            if (place, 1) in supports:
                loads[group] = least
        left -= electorate.costs[place]
        chosen.append(winner)
        standing.discard(winner)
    return chosen
