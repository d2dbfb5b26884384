"""Max welfare: the affordable set with the greatest total utility. Only a comparison.

It ignores who is left out, so it is no rule for a round; it shows what the others give up.
Among equally good sets the cheapest stands, and among those the one whose projects come
first in the tie chain. Solved exactly: all sets that could still be best are kept, best
utility for each cost, and those that cannot reach a known good set are dropped (Nemhauser
and Ullmann 1969, with the bound of the fractional knapsack).

Example: B = 10, a costs 6 with utility 6, b and c cost 5 with utility 5 each: b and c.
"""

from fractions import Fraction

from budgeting.tally import greedy
from budgeting.tally.election import Instance, Profile
from budgeting.tally.electorate import Electorate, gather
from budgeting.tally.outcome import Outcome
from budgeting.tally.settings import RuleSettings, UnfitSettings
from budgeting.tally.telling import Telling
from budgeting.tally.ties import TieChain

MOST_SETS = 2_000_000

Candidate = tuple[int, int, int]
"""Cost, utility, and the set as bits, the first in the tie chain highest."""


def count(instance: Instance, profile: Profile, settings: RuleSettings) -> Outcome:
    """Find the best set and tell it, most utility per cost first."""
    electorate = gather(instance, profile, settings.utility)
    chain = TieChain(settings.ties, instance.projects, electorate.votes_by_id)
    telling = Telling(electorate, settings)
    score = greedy.scores(electorate)
    order = sorted(
        best_set(electorate, chain),
        key=lambda place: (-score[electorate.ids[place]], chain.rank[electorate.ids[place]]),
    )
    for place in order:
        telling.fund(place, score[electorate.ids[place]])
    return telling.outcome(stopped_by=None)


def best_set(electorate: Electorate, chain: TieChain) -> list[int]:
    """The places of the best affordable set."""
    items = _items(electorate, chain)
    budget = electorate.instance.budget_limit
    floor = _good_value(items, budget)
    kept: list[Candidate] = [(0, 0, 0)]
    for at, (cost, utility, bit) in enumerate(items):
        wider = [
            (spent + cost, worth + utility, chosen | bit)
            for spent, worth, chosen in kept
            if spent + cost <= budget
        ]
        kept = _undominated(kept, wider)
        rest = items[at + 1 :]
        if rest:
            kept = [one for one in kept if _bound(one, rest, budget) >= floor]
        if len(kept) > MOST_SETS:
            raise UnfitSettings("too many projects to find the best set exactly")
    chosen = max(kept, key=lambda one: (one[1], -one[0], one[2]))[2]
    count = len(electorate.ids)
    return [
        place
        for place, project_id in enumerate(electorate.ids)
        if chosen >> (count - 1 - chain.rank[project_id]) & 1
    ]


def _items(electorate: Electorate, chain: TieChain) -> list[Candidate]:
    """Each candidate as cost, utility and its own bit, most utility per cost first."""
    count = len(electorate.ids)
    items = []
    for place in electorate.candidates:
        utility = electorate.strength[place] * electorate.factors[place]
        bit = 1 << (count - 1 - chain.rank[electorate.ids[place]])
        items.append((electorate.costs[place], utility, bit))
    return sorted(items, key=lambda item: (Fraction(-item[1], item[0]), item[0], -item[2]))


def _good_value(items: list[Candidate], budget: int) -> int:
    left, value = budget, 0
    for cost, utility, _ in items:
        if cost <= left:
            left, value = left - cost, value + utility
    return value


def _bound(one: Candidate, rest: list[Candidate], budget: int) -> int:
    """No more than this can be reached by adding from the rest."""
    left, value = budget - one[0], one[1]
    for cost, utility, _ in rest:
        if cost > left:
            return value + utility * left // cost
        left, value = left - cost, value + utility
    return value


def _undominated(kept: list[Candidate], wider: list[Candidate]) -> list[Candidate]:
    """For each cost the best, leaving out what costs more and is worth no more."""
    ordered = sorted([*kept, *wider], key=lambda one: (one[0], -one[1], -one[2]))
    best: list[Candidate] = []
    for one in ordered:
        if not best or one[1] > best[-1][1]:
            best.append(one)
    return best
