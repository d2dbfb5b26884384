"""Exact prices of equal shares, in fractions, where the float kernel is in doubt.

What a voter has is B/n (plus the raise of add1) less what they paid before, and nothing
once they ran out. So the money of many voters together is a sum over earlier purchases:
the number of voters times the first balance, less, per purchase, their levels times its
price. All exact prices are kept over one common denominator, which makes such a sum one
row of whole-number products, however many voters there are.

Floats only sort voters into those surely able to pay and those surely short; each float
balance is within ``slack`` of the exact one, and whoever lies nearer is judged exactly.

Example: 10 voters with 10 each buy a project of cost 40 (price 4 each); two of them and
three fresh voters then want one of cost 30: at price 6 all can pay, as 6 <= 10 - 4.
"""

from fractions import Fraction
from math import lcm
from typing import Any

from budgeting.tally import kernel as plain_kernel


class PriceLedger:
    """The exact prices of one run, purchase by purchase."""

    def __init__(self, arena: Any, start: Fraction) -> None:
        """Open with every voter's first balance."""
        self.arena = arena
        self.kernel = arena.ledger_kernel
        ways, count = arena.ways, len(arena.costs)
        groups = len(arena.size)
        self.balance = ways.numbers([float(start)] * groups)
        self.columns = (*arena.support, self.balance)
        self.gone = ways.whole([0] * groups)
        self.past = self._no_past(ways, groups)
        self.sums = ways.numbers([0.0] * count)
        self.doubts = ways.whole([0] * max(1, arena.most_supporters))
        self.common = start.denominator
        self.start = start.numerator
        self.prices: list[int] = []
        self.first = float(start)

    def _no_past(self, ways: Any, groups: int) -> tuple[Any, ...]:
        """Room for what every group buys: how many so far, at which steps, at which levels."""
        begin = self.arena.by_ballot[0]
        if not ways.is_compiled:
            return begin, [0] * groups, [0] * begin[-1], [0] * begin[-1]
        import numpy

        steps = numpy.zeros(int(begin[-1]), numpy.int32)
        return begin, numpy.zeros(groups, numpy.int32), steps, numpy.zeros(len(steps), "f4")

    @property
    def slack(self) -> float:
        """More than a float balance can be away from the exact one."""
        return self.first * (len(self.prices) + 8) * 4.0 * plain_kernel.EPSILON

    def money(self, place: int) -> Fraction:
        """What the supporters of a project have together."""
        _, weight, _ = self._parts(place, 4.0 * self.first + 4.0 * self.slack + 1.0, -1.0)
        return self._worth(weight)

    def price(self, place: int, guess: float) -> Fraction | None:
        """The exact price per level of a project; None if its supporters cannot pay it."""
        cost = self.arena.costs[place]
        if (exact := self._newton(place, cost, guess)) is not None:
            return exact
        if self.money(place) < cost:
            return None
        exact = self._newton(place, cost, cost / self.arena.strength[place])
        return self._all_spent(place) if exact is None else exact

    def _newton(self, place: int, cost: int, guess: float) -> Fraction | None:
        """Newton's steps, each exact; None if everybody would be short.

        Floats sort voters for every price within ``margin`` of the one tried, so the last
        step needs no second look.
        """
        at = guess
        while True:
            margin = at * 1e-9
            slack = self.slack + margin * self.arena.most_level
            levels, weight, found = self._parts(place, at, slack)
            exact = self._solve(cost, int(levels), int(weight), self._doubtful(int(found)))
            if exact is None or abs(float(exact) - at) <= 0.5 * margin:
                return exact
            at = float(exact)

    def _doubtful(self, found: int) -> list[tuple[Fraction, int, int]]:
        """(balance, level, voters) of those whom floats could not place."""
        _, group, level, many = self.arena.support
        known: dict[tuple[tuple[int, int], ...], Fraction] = {}
        entries = [int(self.doubts[index]) for index in range(found)]
        return [
            (self._balance(int(group[entry]), known), int(level[entry]), int(many[entry]))
            for entry in entries
        ]

    def _solve(
        self, cost: int, levels: int, weight: int, doubtful: list[tuple[Fraction, int, int]]
    ) -> Fraction | None:
        """The price if the sure ones stay as they are; the doubtful are short where they are."""
        if not doubtful:
            missing = cost * self.common - self._units(weight)
            return Fraction(missing, self.common * levels) if levels else None
        left = cost - self._worth(weight)
        levels += sum(own * many for _, own, many in doubtful)
        while levels:
            price = left / levels
            short = [one for one in doubtful if one[0] < price * one[1]]
            if not short:
                return price
            left -= sum(balance * many for balance, _, many in short)
            levels -= sum(own * many for _, own, many in short)
            doubtful = [one for one in doubtful if one[0] >= price * one[1]]
        return None

    def _parts(self, place: int, price: float, slack: float) -> tuple[float, float, int]:
        parts: tuple[float, float, int] = self.kernel.open_parts(
            place,
            price,
            slack,
            self.columns,
            self.past,
            self.gone,
            self.sums,
            self.doubts,
        )
        return parts

    def _worth(self, weight: float) -> Fraction:
        """What so many voters have who made the purchases in ``sums``."""
        return Fraction(self._units(weight), self.common)

    def _units(self, weight: float) -> int:
        """The same in units of the common denominator."""
        sums = self.sums if isinstance(self.sums, list) else self.sums.tolist()
        pairs = zip(sums, self.prices, strict=False)
        return int(weight) * self.start - sum(int(one) * price for one, price in pairs if one)

    def _balance(self, one: int, known: dict[tuple[tuple[int, int], ...], Fraction]) -> Fraction:
        """What one voter of a group has."""
        if self.gone[one]:
            return Fraction()
        begin, taken, step, level = self.past
        entries = range(int(begin[one]), int(begin[one]) + int(taken[one]))
        steps = ((int(step[at]), int(level[at])) for at in entries)
        history = tuple(pair for pair in steps if pair[0] < len(self.prices))
        if history not in known:
            paid = sum(own * self.prices[step] for step, own in history)
            known[history] = Fraction(self.start - paid, self.common)
        return known[history]

    def _all_spent(self, place: int) -> Fraction:
        """The price at which the supporters pay with their very last money."""
        start, group, level = self.arena.support[:3]
        known: dict[tuple[tuple[int, int], ...], Fraction] = {}
        entries = range(int(start[place]), int(start[place + 1]))
        return max(self._balance(int(group[at]), known) / int(level[at]) for at in entries)

    def pay(self, place: int, price: Fraction) -> int:
        """Enter a purchase; answers how many voters it left with nothing."""
        step = len(self.prices) + 1
        ran_out, found = self.kernel.pay_rounded(
            place, float(price), self.slack, self.columns, self.past, self.gone, self.doubts, step
        )
        ran_out = int(ran_out) + self._judge_run_out(price, int(found), step)
        widened = lcm(self.common, price.denominator)
        factor = widened // self.common
        self.start *= factor
        self.prices = [one * factor for one in self.prices]
        self.prices.append(price.numerator * (widened // price.denominator))
        self.common = widened
        return ran_out

    def clear(self, place: int) -> None:
        """Take all that the supporters of a project have."""
        start, group = self.arena.support[:2]
        for at in range(int(start[place]), int(start[place + 1])):
            self.gone[int(group[at])] = -1

    def _judge_run_out(self, price: Fraction, found: int, step: int) -> int:
        _, group, level, many = self.arena.support
        known: dict[tuple[tuple[int, int], ...], Fraction] = {}
        ran_out = 0
        for index in range(found):
            entry = int(self.doubts[index])
            one = int(group[entry])
            if self._balance(one, known) <= price * int(level[entry]):
                self.gone[one] = step
                self.balance[one] = 0.0
                ran_out += int(many[entry])
        return ran_out
