"""Phragmen's sequential rule: spread the cost so that nobody carries much.

Every funded project is a load on its supporters, shared so that they all end level: with
x(p) = (c(p) + sum of the supporters' loads) / number of supporters, the project with the
least x is funded and its supporters' loads become x. The rule stops when a next choice
(any of those tied) would cost more than is left; with ``skip`` that project is passed over
instead. Lars Edvard Phragmen, 1894; for costs: Los, Christoff, Grossi, AAAI 2022.

Example (51/49): 10 red and 10 blue projects of cost 10, B = 100, 51 ballots for red and 49
for blue: first red (10/51), then blue (10/49), in turn: 5 red and 5 blue.

As a completion of equal shares the supporters begin with what they have left, which counts
as a load below zero.
"""

from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import Any

from budgeting.tally import compiling, phragmen_kernel
from budgeting.tally.election import Instance, Profile
from budgeting.tally.electorate import Electorate, gather
from budgeting.tally.outcome import Outcome
from budgeting.tally.settings import RuleSettings
from budgeting.tally.telling import Telling, waiting_places
from budgeting.tally.ties import TieChain
from budgeting.vocabulary import Utility


def count(instance: Instance, profile: Profile, settings: RuleSettings) -> Outcome:
    """Count by Phragmen; whoever names a project supports it, whatever the utility."""
    electorate = gather(instance, profile, Utility.CARDINALITY)
    chain = TieChain(settings.ties, instance.projects, electorate.votes_by_id)
    telling = Telling(electorate, settings)
    Loads(electorate).spread(telling, chain, "funded")
    return telling.outcome(stopped_by=None)


class Loads:
    """The loads of one run: floats for looking, fractions for deciding."""

    def __init__(
        self,
        electorate: Electorate,
        balances: list[float] | None = None,
        money: Callable[[int], Fraction] | None = None,
        ways: Any = None,
    ) -> None:
        """Begin with no loads, or with what voters have left.

        ``balances`` is that as floats per group, and ``money`` answers, for a place, what
        those of its supporters have together who carry no load yet.
        """
        self.electorate = electorate
        ways = ways or compiling.ways(is_large=electorate.is_large)
        self.kernel = ways.functions(phragmen_kernel)
        count, entries = len(electorate.ids), electorate.by_project
        size = ways.numbers(electorate.sizes)
        self.support = (ways.whole(entries.start), ways.places(entries.other), size)
        self.cost = ways.numbers(electorate.costs)
        first = [-one for one in balances] if balances else [0.0] * len(size)
        self.load = ways.numbers(first)
        self.error = max(map(abs, first), default=0.0) * 1e-12
        self.low = ways.numbers([-1e308] * count)
        self.high = ways.numbers([0.0] * count)
        self.status = ways.whole([phragmen_kernel.OUT] * count)
        self.last_of = ways.whole([-1] * len(size))
        self.sums, self.doubts = ways.numbers([0.0] * count), ways.whole([0] * count)
        self.money = money
        self.exact: list[int] = []
        self.common = 1
        self.on_take: Callable[[int], None] | None = None

    def spread(self, telling: Telling, chain: TieChain, note: str) -> None:
        """Fund project after project until the next would cost more than is left."""
        for place in waiting_places(self.electorate, telling.winners):
            self.status[place] = phragmen_kernel.STANDING
        while level := self._in_front(chain):
            least = level[0][0]
            tied = [place for value, _, place in level if value == least]
            too_dear = [place for place in tied if self.electorate.costs[place] > telling.left]
            if too_dear and not telling.settings.skip:
                return self._stop(telling, tied, least)
            if too_dear:
                self._skip(telling, too_dear, least)
            else:
                self._fund(telling, chain, level, note)
        return None

    def _in_front(self, chain: TieChain) -> list[tuple[Fraction, int, int]]:
        """(x, rank, place) of all who may come first or second, exactly and in order."""
        found = self.kernel.look_around(
            self.support,
            self.cost,
            self.load,
            self.low,
            self.high,
            self.status,
            self.error,
            self.doubts,
        )
        places = [int(self.doubts[at]) for at in range(int(found))]
        ranked = [(place, chain.rank[self.electorate.ids[place]]) for place in places]
        return sorted((self.mean(place), rank, place) for place, rank in ranked)

    def mean(self, place: int) -> Fraction:
        """The exact load x a project would leave on its supporters."""
        fresh = int(self.kernel.last_sums(place, self.support, self.last_of, self.sums))
        weights = [int(one) for one in self.sums]
        carried = sum(one * load for one, load in zip(weights, self.exact, strict=False))
        total = self.electorate.costs[place] * self.common + carried
        mean = Fraction(total, self.common * (sum(weights) + fresh))
        if self.money is not None and fresh:
            mean -= self.money(place) / (sum(weights) + fresh)
        return mean

    def _keep(self, load: Fraction) -> None:
        """Keep an exact load with the others, all over one common denominator."""
        widened = lcm(self.common, load.denominator)
        factor, self.common = widened // self.common, widened
        self.exact = [one * factor for one in self.exact]
        self.exact.append(load.numerator * (widened // load.denominator))

    def _stop(self, telling: Telling, tied: list[int], least: Fraction) -> None:
        for place in tied:
            if self.electorate.costs[place] > telling.left:
                telling.pass_over(place, shown_score(least), "stopped")

    def _skip(self, telling: Telling, too_dear: list[int], least: Fraction) -> None:
        for place in too_dear:
            telling.pass_over(place, shown_score(least))
            self.status[place] = phragmen_kernel.OUT

    def _fund(
        self,
        telling: Telling,
        chain: TieChain,
        level: list[tuple[Fraction, int, int]],
        note: str,
    ) -> None:
        least, _, place = level[0]
        ids = self.electorate.ids
        tied = [ids[one] for value, _, one in level if value == least]
        if len(tied) > 1:
            telling.ties.append(chain.settle(telling.number, tied, shown_score(least)))
        second = (level[1][2], shown_score(level[1][0])) if len(level) > 1 else None
        telling.fund(place, shown_score(least), note, second)
        mean = float(least)
        self.error += abs(mean) * 2 * phragmen_kernel.EPSILON
        self.kernel.take(place, self.support, self.load, self.last_of, mean, len(self.exact))
        self._keep(least)
        self.status[place] = phragmen_kernel.BOUGHT
        if self.on_take is not None:
            self.on_take(place)


def shown_score(load: Fraction) -> Fraction:
    """1/x, so that greater is better; a load of 0 or less is shown as it is."""
    return 1 / load if load > 0 else load
