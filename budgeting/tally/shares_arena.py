"""Runs of equal shares on one electorate, each from a first balance to the end.

The float kernel does the work; where it stops in doubt the ledger's fractions decide.
``run`` answers what is bought; ``tell`` does the same run again, exactly, and keeps every
price, runner-up, tie and fall.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

from budgeting.tally import compiling, kernel, ledger_kernel
from budgeting.tally.electorate import Electorate
from budgeting.tally.outcome import TieMet
from budgeting.tally.price_ledger import PriceLedger
from budgeting.tally.ties import TieChain
from budgeting.vocabulary import Utility


@dataclass(frozen=True, slots=True)
class Purchase:
    """One project bought: its place, rho, how many ran out, and who came second."""

    place: int
    rho: Fraction
    ran_out: int
    second: tuple[int, Fraction] | None


@dataclass(frozen=True, slots=True)
class Fall:
    """A project whose supporters could no longer pay: when, their money, its last rho."""

    step: int
    money: Fraction
    last_rho: Fraction | None


@dataclass
class Told:
    """One run with everything that is worth telling."""

    start: Fraction
    purchases: list[Purchase] = field(default_factory=list)
    falls: dict[int, Fall] = field(default_factory=dict)
    ties: list[TieMet] = field(default_factory=list)
    ledger: PriceLedger | None = None

    @property
    def places(self) -> list[int]:
        """The places of what was bought, in order."""
        return [purchase.place for purchase in self.purchases]


class _State:
    """What changes during one run."""

    def __init__(self, arena: "Arena", start: Fraction, limit: float) -> None:
        ways, count = arena.ways, len(arena.costs)
        self.start = start
        first = float(start)
        self.balance = ways.numbers([first]) * len(arena.size) if not ways.is_compiled else None
        if self.balance is None:
            self.balance = arena.filled(first)
        self.columns = (*arena.support, self.balance, arena.heads)
        low = ways.numbers(list(arena.least))
        high, price = ways.numbers([0.0] * count), ways.numbers(list(arena.least))
        self.project = (arena.cost, arena.factor, low, high, price)
        self.status = ways.whole(arena.first_status)
        self.state = (self.status, ways.whole([0] * count), ways.numbers([0.0] * count))
        self.order = ways.whole([-1] * (count + 1))
        self.doubts = ways.whole([0] * (count + 1))
        self.scalars = ways.numbers([0.0] * 10)
        self.scalars[kernel.FLAT] = float(arena.is_flat)
        self.scalars[kernel.MASS] = first * arena.voters * kernel.EPSILON
        self.scalars[kernel.LIMIT] = limit

    @property
    def bought(self) -> list[int]:
        """The places bought so far."""
        return [int(one) for one in self.order if one >= 0]


class Arena:
    """The electorate laid out for the kernel; used again for every run."""

    def __init__(self, electorate: Electorate, chain: TieChain) -> None:
        """Lay out support, costs and the settled order among equals."""
        self.electorate = electorate
        self.chain = chain
        self.voters = electorate.voters
        self.costs, self.strength = electorate.costs, electorate.strength
        self.lay_out(compiling.ways(is_large=electorate.is_large))

    def lay_out(self, ways: Any) -> None:
        """Lay everything out for interpreted or for compiled lines."""
        electorate = self.electorate
        self.ways, self.kernel = ways, ways.functions(kernel)
        self.ledger_kernel = ways.functions(ledger_kernel)
        self.size = ways.numbers(electorate.sizes)
        by_project, by_ballot = electorate.by_project, electorate.by_ballot
        many = (
            self.size[by_project.other]
            if ways.is_compiled
            else [electorate.sizes[one] for one in by_project.other]
        )
        self.support = (*_laid(ways, by_project), ways.small(many))
        places = range(len(self.costs))
        self.heads = ways.numbers(
            [self.ledger_kernel.head_count(one, self.support) for one in places]
        )
        self.is_flat = electorate.utility in (Utility.COST, Utility.CARDINALITY)
        self.most_level = 1.0 if self.is_flat else float(max(by_project.level, default=1.0))
        self.by_ballot = _laid(ways, by_ballot)
        self.most_supporters = _longest(by_project.start)
        self.cost = ways.numbers(self.costs)
        self.factor = ways.numbers(electorate.factors)
        backed = [strength or 1 for strength in self.strength]
        self.least = [
            cost / strength * (1.0 - 8.0 * kernel.EPSILON)
            for cost, strength in zip(self.costs, backed, strict=True)
        ]
        candidates = set(electorate.candidates)
        self.first_status = [
            kernel.STANDING if place in candidates else kernel.OUT
            for place in range(len(self.costs))
        ]
        ids = electorate.ids
        self.ranks = (
            ways.whole(self._classes(backed)),
            ways.whole([self.chain.rank[one] for one in ids]),
        )

    def _classes(self, backed: list[int]) -> list[int]:
        """Projects in classes of equal rho while nobody is short, the least first."""
        rows = zip(self.costs, backed, self.electorate.factors, strict=True)
        rho = [Fraction(cost, strength * factor) for cost, strength, factor in rows]
        class_of = {value: number for number, value in enumerate(sorted(set(rho)))}
        return [class_of[value] for value in rho]

    def filled(self, first: float) -> Any:
        """A row of the same balance for every group."""
        import numpy

        return numpy.full(len(self.size), first)

    def first_balance(self, extra: Fraction | int) -> Fraction:
        """B/n plus the raise."""
        return Fraction(self.electorate.instance.budget_limit, max(1, self.voters)) + extra

    def run(self, extra: int, limit: float = float("inf")) -> tuple[list[int], int]:
        """What is bought with so much extra, and how much work it was.

        A run that spends more than ``limit`` ends there.
        """
        state = _State(self, self.first_balance(extra), limit)
        ledger = None
        while True:
            answer, found = self._advance(state, 0)
            if answer == kernel.DOUBT:
                ledger = ledger or PriceLedger(self, state.start)
                self._decide(state, ledger, int(found))
            if answer != kernel.DOUBT or state.scalars[kernel.SPENT] > limit:
                return state.bought, int(state.scalars[kernel.WORK])

    def _advance(self, state: _State, wanted: int) -> tuple[int, int]:
        answer: tuple[int, int] = self.kernel.advance(
            state.columns,
            state.project,
            state.state,
            self.ranks,
            state.scalars,
            state.order,
            state.doubts,
            wanted,
        )
        return answer

    def _decide(self, state: _State, ledger: PriceLedger, found: int) -> None:
        """Settle a doubt by exact prices and buy the first."""
        bought = state.bought
        for place in bought[len(ledger.prices) :]:
            ledger.pay(place, self._sure_price(ledger, state, place))
        level = self._exact(state, ledger, found)
        if level:
            rho, _, place = level[0]
            self._buy(state, ledger, place, rho * self.electorate.factors[place], len(bought))

    def _exact(
        self, state: _State, ledger: PriceLedger, found: int
    ) -> list[tuple[Fraction, int, int]]:
        """(rho, rank, place) of those in doubt, the first in front; who cannot pay is out."""
        exact = []
        for place in [int(state.doubts[at]) for at in range(found)]:
            price = ledger.price(place, float(state.project[4][place]))
            if price is None:
                state.status[place] = kernel.OUT
                continue
            rank = self.chain.rank[self.electorate.ids[place]]
            exact.append((price / self.electorate.factors[place], rank, place))
        return sorted(exact)

    def _sure_price(self, ledger: PriceLedger, state: _State, place: int) -> Fraction:
        price = ledger.price(place, float(state.project[4][place]))
        if price is None:
            raise ArithmeticError("the kernel bought what its supporters cannot pay")
        return price

    def _buy(
        self, state: _State, ledger: PriceLedger, place: int, price: Fraction, bought: int
    ) -> int:
        self.kernel.buy(
            place, state.columns, state.project, state.state, float(price), state.scalars
        )
        state.order[bought] = place
        return ledger.pay(place, price)

    def tell(self, extra: Fraction | int) -> Told:
        """The run with so much extra, exactly and in full."""
        state = _State(self, self.first_balance(extra), float("inf"))
        ledger = PriceLedger(self, state.start)
        told = Told(state.start, ledger=ledger)
        money = self._first_falls(state, told)
        while True:
            answer, found = self._advance(state, 1)
            if answer == kernel.DONE:
                return told
            level = self._exact(state, ledger, int(found))
            if level:
                self._take(state, ledger, told, level, money)

    def _first_falls(self, state: _State, told: Told) -> Any:
        """The money behind each project; those without enough fall at once."""
        places = range(len(self.costs))
        weights = [int(one) for one in self.heads]
        for place in places:
            exact = state.start * weights[place]
            if state.status[place] == kernel.STANDING and exact < self.costs[place]:
                told.falls[place] = Fall(0, exact, None)
                state.status[place] = kernel.OUT
        first = float(state.start)
        self.margin = self.ways.numbers([first * weight * 1e-8 for weight in weights])
        return self.ways.numbers([first * weight for weight in weights])

    def _take(
        self,
        state: _State,
        ledger: PriceLedger,
        told: Told,
        level: list[tuple[Fraction, int, int]],
        money: Any,
    ) -> None:
        """Buy the first of those in front, and keep what there is to tell."""
        rho, _, place = level[0]
        price = rho * self.electorate.factors[place]
        number = len(told.purchases) + 1
        tied = [self.electorate.ids[one] for value, _, one in level if value == rho]
        if len(tied) > 1:
            told.ties.append(self.chain.settle(number, tied, 1 / rho))
        self.ledger_kernel.foresee(place, float(price), ledger.columns, self.by_ballot, money)
        falling = self._falling(state, ledger, place, money)
        second = (level[1][2], level[1][0]) if len(level) > 1 else None
        ran_out = self._buy(state, ledger, place, price, number - 1)
        told.purchases.append(Purchase(place, rho, ran_out, second))
        for one, last in falling:
            left = ledger.money(one)
            if left < self.costs[one]:
                told.falls[one] = Fall(number, left, last)
                state.status[one] = kernel.OUT

    def _falling(
        self, state: _State, ledger: PriceLedger, bought: int, money: Any
    ) -> list[tuple[int, Fraction]]:
        """Who may not be payable after this purchase, each with its last rho."""
        falling = []
        found = self.ledger_kernel.near_falling(
            bought, money, self.cost, self.margin, state.status, state.doubts
        )
        for place in [int(state.doubts[at]) for at in range(found)]:
            self._refine(state, place)
            price = self._sure_price(ledger, state, place)
            falling.append((place, price / self.electorate.factors[place]))
        return falling

    def _refine(self, state: _State, place: int) -> None:
        """Bring the float price up to date, so that the ledger need look only once."""
        price = state.project[4]
        found = self.kernel.settle_price(
            place, state.columns, self.cost[place], price[place], state.scalars
        )
        price[place] = max(found, price[place])


def _laid(ways: Any, support: Any) -> tuple[Any, Any, Any]:
    return ways.whole(support.start), ways.places(support.other), ways.small(support.level)


def _longest(start: Any) -> int:
    return max((int(end) - int(begin) for begin, end in pairwise(start)), default=0)
