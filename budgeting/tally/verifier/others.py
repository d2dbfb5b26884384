"""Recounts expanding approvals, minimal transfers and max welfare, from their definitions."""

from fractions import Fraction
from typing import Any

from budgeting.tally.verifier.claims import Rejected, in_words
from budgeting.tally.verifier.greedy import plain_step
from budgeting.tally.verifier.votes import Chain, Votes

Found = dict[str, list[Any]]


def expanding_approvals(votes: Votes, chain: Chain, found: Found) -> None:
    """Every ballot's weight on its own."""
    weight = [Fraction(1)] * len(votes.ballots)
    left = votes.budget
    longest = max((len(choices) for choices, _ in votes.ballots), default=0)
    depth, near = 1, Fraction()
    while depth <= longest:
        top = [set(choices[:depth]) for choices, _ in votes.ballots]
        behind = {}
        for one in votes.candidates:
            backers = [at for at in votes.backers[one] if one in top[at]]
            behind[one] = sum((weight[at] * votes.many[at] for at in backers), Fraction())
        level = [
            one
            for one, own in behind.items()
            if one not in found["winners"]
            and votes.cost[one] <= left
            and (own + near) * votes.budget >= votes.voters * votes.cost[one]
        ]
        if not level:
            depth += 1
            continue
        most = max(behind[one] for one in level)
        tied = chain.order(one for one in level if most - behind[one] <= near)
        number = len(found["steps"]) + 1
        if len(tied) > 1:
            found["ties"].append(chain.tie(number, tied, in_words(_short(most))))
        left -= votes.cost[tied[0]]
        own = behind[tied[0]]
        step = plain_step(votes, number, tied[0], f"depth_{depth}", _short(own), left)
        others = sorted((-behind[one], chain.key(one), one) for one in level if one != tied[0])
        step["runner_up"] = others[0][2] if others else None
        step["runner_up_score"] = in_words(_short(-others[0][0])) if others else None
        found["steps"].append(step)
        found["winners"].append(tied[0])
        kept = max(Fraction(), 1 - Fraction(votes.voters * votes.cost[tied[0]], votes.budget) / own)
        for at in (at for at in votes.backers[tied[0]] if tied[0] in top[at]):
            exact, weight[at] = weight[at] * kept, _short(weight[at] * kept)
            if exact.denominator.bit_length() > 1024:
                near, found["remarks"] = Fraction(1, 2**512), ["rounded_to_1024_bits"]


def minimal_transfers(votes: Votes, chain: Chain, found: Found) -> None:
    """Every ballot's money on every project on its own."""
    purses = _Purses(votes, chain, found)
    while purses.fund_next():
        pass
    rest = purses.backed(purses.waiting())
    while rest:
        del rest[purses.take_first(rest, "completion")]
    if purses.level_within:
        found["remarks"] = ["rounded_to_1024_bits"]


class _Purses:
    """What every ballot holds on every project."""

    def __init__(self, votes: Votes, chain: Chain, found: Found) -> None:
        self.votes, self.chain, self.found = votes, chain, found
        self.level_within = Fraction()
        share = Fraction(votes.budget, max(1, votes.voters))
        self.money = [
            {one: share * own / sum(worth.values()) for one, own in worth.items()}
            for worth in votes.utilities
        ]

    def waiting(self) -> list[str]:
        """Who may be funded and is not."""
        return [one for one in self.votes.candidates if one not in self.found["winners"]]

    def support(self, one: str) -> Fraction:
        """The money on a project."""
        many = self.votes.many
        parts = (self.money[at][one] * many[at] for at in self.votes.backers[one])
        return sum(parts, Fraction())

    def reach(self, one: str) -> Fraction:
        """All the money of those who have some on it."""
        backers = [at for at in self.votes.backers[one] if self.money[at][one]]
        whole = (sum(self.money[at].values(), Fraction()) for at in backers)
        parts = (own * self.votes.many[at] for own, at in zip(whole, backers, strict=True))
        return sum(parts, Fraction())

    def backed(self, ids: list[str]) -> dict[str, Fraction]:
        """Support per cost."""
        return {one: self.support(one) / self.votes.cost[one] for one in ids}

    def fund_next(self) -> bool:
        """An eligible project, or the one that needs the smallest transfer."""
        cost = self.votes.cost
        backed = self.backed(self.waiting())
        if eligible := {one: own for one, own in backed.items() if own >= 1}:
            one = self.take_first(eligible, "funded")
            self._spend(one, 1 / eligible[one])
            return True
        near = {
            one: self.support(one) - cost[one] for one in backed if self.reach(one) >= cost[one]
        }
        if not near:
            return False
        one = self.take_first(near, "transfer")
        self._spend(one, _factor(self.votes, self.money, one))
        return True

    def take_first(self, value: dict[str, Fraction], note: str) -> str:
        """Fund the one with the greatest value, or pass over it if it does not fit."""
        most = max(value.values())
        near = (one for one in value if most - value[one] <= self.level_within)
        tied = self.chain.order(near)
        steps, winners = self.found["steps"], self.found["winners"]
        number, one, cost = len(steps) + 1, tied[0], self.votes.cost
        if len(tied) > 1:
            self.found["ties"].append(self.chain.tie(number, tied, in_words(_short(most))))
        left = self.votes.budget - sum(cost[other] for other in winners)
        fits = cost[one] <= left
        score = _short(self.support(one) / cost[one])
        word = note if fits else "passed_over"
        step = plain_step(self.votes, number, one, word, score, left - cost[one] * fits)
        steps.append(step | {"left_before": left})
        winners.extend([one] * fits)
        return one

    def _spend(self, one: str, factor: Fraction) -> None:
        """Supporters pay; the rest lies on their other projects in proportion."""
        for at in self.votes.backers[one]:
            purse, worth = self.money[at], self.votes.utilities[at]
            whole, gift = sum(purse.values(), Fraction()), purse.pop(one)
            rest = self._short(whole - min(whole, gift * factor))
            points = sum(worth[other] for other in purse)
            self.money[at] = {other: rest * worth[other] / points for other in purse}

    def _short(self, held: Fraction) -> Fraction:
        """What a voter holds has at most 1024 bits below the line, as the rule says."""
        if _short(held) != held or held.denominator.bit_length() > 1024:
            self.level_within = Fraction(1, 2**512)
        return _short(held)


def _short(number: Fraction) -> Fraction:
    """Rounded down to a multiple of 2**-1024 where it is longer."""
    if number.denominator.bit_length() <= 1024:
        return number
    return Fraction(number.numerator * 2**1024 // number.denominator, 2**1024)


def _factor(votes: Votes, money: list[dict[str, Fraction]], one: str) -> Fraction:
    """The factor on the gifts, none beyond a whole purse, that pays the cost."""
    backers = [at for at in votes.backers[one] if money[at][one]]
    most = {at: sum(money[at].values()) / money[at][one] for at in backers}
    for bound in sorted(set(most.values())):
        rich = [at for at in backers if most[at] >= bound]
        poor = [at for at in backers if most[at] < bound]
        full = sum((most[at] * money[at][one] * votes.many[at] for at in poor), Fraction())
        gifts = sum((money[at][one] * votes.many[at] for at in rich), Fraction())
        if full + bound * gifts >= votes.cost[one]:
            return (votes.cost[one] - full) / gifts
    raise Rejected(0, f"{one} cannot be paid by transfers")


def max_welfare(votes: Votes, chain: Chain, found: Found) -> None:
    """Tell the best set, most utility per cost first."""
    items = chain.order(votes.candidates)
    winners = [items[at] for at in _Branches(votes, items).best[2]]
    worth = {one: Fraction(votes.total(one), votes.cost[one]) for one in items}
    winners.sort(key=lambda one: (-worth[one], items.index(one)))
    left = votes.budget
    for number, one in enumerate(winners, start=1):
        left -= votes.cost[one]
        found["steps"].append(plain_step(votes, number, one, "funded", worth[one], left))
        found["winners"].append(one)


class _Branches:
    """Tries every set, giving up on a branch that cannot beat the best one found."""

    def __init__(self, votes: Votes, items: list[str]) -> None:
        self.cost = [votes.cost[one] for one in items]
        self.worth = [votes.total(one) for one in items]
        places = range(len(items))
        self.dense = sorted(places, key=lambda at: Fraction(-self.worth[at], self.cost[at]))
        self.best: tuple[int, int, list[int]] = (0, votes.budget, [])
        self._branch(0, votes.budget, 0, [])

    def _bound(self, at: int, left: int) -> Fraction:
        total = Fraction()
        for one in self.dense:
            if one >= at:
                total += self.worth[one] * min(Fraction(1), Fraction(left, self.cost[one]))
                left -= min(left, self.cost[one])
        return total

    def _branch(self, at: int, left: int, value: int, chosen: list[int]) -> None:
        worth, rest, before = self.best
        if (value, left, [-one for one in chosen]) > (worth, rest, [-one for one in before]):
            self.best = (value, left, chosen)
        if at == len(self.cost) or value + self._bound(at, left) < self.best[0]:
            return
        if self.cost[at] <= left:
            self._branch(at + 1, left - self.cost[at], value + self.worth[at], [*chosen, at])
        self._branch(at + 1, left, value, chosen)
