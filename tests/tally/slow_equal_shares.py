"""Equal shares the obvious way: every balance a fraction, every price from its definition."""

from fractions import Fraction

from budgeting.tally.electorate import gather
from budgeting.tally.ties import TieChain


def run(instance, profile, utility, ties, start):
    """What is bought, in order, as (project id, rho), and who has what at the end."""
    electorate = gather(instance, profile, utility)
    chain = TieChain(ties, instance.projects, electorate.votes_by_id)
    balances = [Fraction(start)] * len(electorate.sizes)
    bought = []
    while True:
        rho = {}
        for place in electorate.candidates:
            if electorate.ids[place] not in [one for one, _ in bought]:
                price = _rho(electorate, balances, place)
                if price is not None:
                    rho[electorate.ids[place]] = price
        if not rho:
            return bought, balances
        least = min(rho.values())
        chosen = chain.first([one for one, value in rho.items() if value == least])
        place = electorate.place_of[chosen]
        for group, level in electorate.supporters(place):
            price = least * level * electorate.factors[place]
            balances[group] = max(Fraction(), balances[group] - price)
        bought.append((chosen, least))


def _rho(electorate, balances, place):
    """Try every number of voters who give all they have, the poorest per utility first."""
    factor = electorate.factors[place]
    backing = [
        (
            balances[group] / (level * factor),
            electorate.sizes[group],
            level * factor,
            balances[group],
        )
        for group, level in electorate.supporters(place)
    ]
    backing.sort()
    if sum(size * balance for _, size, _, balance in backing) < electorate.costs[place]:
        return None
    for short in range(len(backing)):
        given = sum(size * balance for _, size, _, balance in backing[:short])
        utility = sum(size * own for _, size, own, _ in backing[short:])
        rho = Fraction(electorate.costs[place] - given) / utility
        if rho <= backing[short][0]:
            return rho
    raise AssertionError("a payable project has a price")


def add1(instance, profile, utility, ties, stop, increment):
    """The outcome that stands, and how many raises were made."""
    start = Fraction(instance.budget_limit, len(profile.ballots))
    bought, _ = run(instance, profile, utility, ties, start)
    raises = 0
    while True:
        if _ends(instance, profile, utility, stop, bought):
            return bought, raises
        raises += 1
        following, _ = run(instance, profile, utility, ties, start + raises * increment)
        if cost(instance, following) > instance.budget_limit:
            return bought, raises
        bought = following


def _ends(instance, profile, utility, stop, bought):
    electorate = gather(instance, profile, utility)
    chosen = {one for one, _ in bought}
    waiting = [p for p in electorate.candidates if electorate.ids[p] not in chosen]
    if not waiting:
        return True
    left = instance.budget_limit - cost(instance, bought)
    return stop == "exhaustive" and all(electorate.costs[place] > left for place in waiting)


def cost(instance, bought):
    """What was bought costs together."""
    projects = instance.project_by_id()
    return sum(projects[one].cost for one, _ in bought)
