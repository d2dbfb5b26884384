"""Minimal transfers: voters' points are coins that move to where they can do something.

Cumulative support transfer voting with minimal transfers (Skowron, Slinko, Szufa, Talmon,
arXiv 2009.02690). Every voter holds B/n, split over their unfunded projects in proportion
to their points. A project whose support reaches its cost is funded, greatest support per
cost first; what it has too much goes back to its supporters' other projects. When there is
none, look at the projects that their supporters could pay with everything they hold, and
take the one that needs the smallest transfer: its supporters raise what they give it, all
by the same factor but nobody beyond what they hold, until the cost is met. At the end the
projects that still fit are accepted, greatest support per cost first.

Since the rest of a voter's money always lies on their other projects in proportion to the
points, all there is to remember of a voter is how much they still hold.

The exact numbers of this rule double in length with every transfer, so they are kept short
as ``long_numbers`` says.

Example: B = 30, three voters with 10 each; x costs 12 and gets all of one voter's points
and half of another's, 15 in all: it is funded, and 3 go back, in part to the other
projects of the second voter.
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from budgeting.tally.election import POINTED, Instance, Profile
from budgeting.tally.electorate import Electorate, gather
from budgeting.tally.long_numbers import LEVEL_WITHIN, REMARK, is_long, short
from budgeting.tally.outcome import Outcome
from budgeting.tally.settings import RuleSettings, UnfitSettings
from budgeting.tally.telling import Telling, waiting_places
from budgeting.tally.ties import TieChain
from budgeting.vocabulary import Utility


def count(instance: Instance, profile: Profile, settings: RuleSettings) -> Outcome:
    """Count ballots with points; the utility of the settings plays no part."""
    if profile.ballot_type not in POINTED:
        raise UnfitSettings("minimal-transfers needs ballots with points")
    electorate = gather(instance, profile, Utility.POINTS)
    chain = TieChain(settings.ties, instance.projects, electorate.votes_by_id)
    telling = Telling(electorate, settings)
    purses = _Purses(electorate)
    while _fund_next(purses, telling, chain):
        pass
    _accept_what_fits(purses, telling, chain)
    if purses.level_within:
        telling.remarks.append(REMARK)
    for place in waiting_places(electorate, telling.winners):
        if place not in telling.reasons:
            telling.fall(place, len(telling.steps), short(purses.support(place)), None)
    return telling.outcome(stopped_by="nothing_more_fits")


class _Purses:
    """What every group of voters still holds, and how many points it lies on."""

    def __init__(self, electorate: Electorate) -> None:
        self.electorate = electorate
        share = Fraction(electorate.instance.budget_limit, max(1, electorate.voters))
        groups = range(len(electorate.sizes))
        self.size = [int(size) for size in electorate.sizes]
        self.points = [sum(own for _, own in electorate.supports(group)) for group in groups]
        self.held = [share] * len(self.size)
        self.level_within = Fraction()
        self.backers = [electorate.supporters(place) for place in range(len(electorate.ids))]

    def support(self, place: int) -> Fraction:
        """The money that lies on a project."""
        return exact_sum(self._gift(group, own) for group, own in self._paying(place))

    def reach(self, place: int) -> Fraction:
        """All that the supporters of a project hold."""
        return exact_sum(self._purse(group) for group, _ in self._paying(place))

    def _purse(self, group: int) -> tuple[int, int]:
        return self.held[group].numerator * self.size[group], self.held[group].denominator

    def _paying(self, place: int) -> list[tuple[int, int]]:
        return [(group, own) for group, own in self.backers[place] if self.held[group]]

    def _gift(self, group: int, own: int) -> tuple[int, int]:
        """What all voters of a group give a project, as over and under."""
        held = self.held[group]
        return held.numerator * own * self.size[group], held.denominator * self.points[group]

    def pay(self, place: int, factor: Fraction) -> None:
        """Supporters pay their gift times the factor, at most what they hold."""
        over, under = factor.numerator, factor.denominator
        for group, own in self._paying(place):
            points = self.points[group]
            kept = max(0, points * under - over * own)
            self.held[group] = self._rounded(self.held[group], kept, points * under)
        for group, own in self.backers[place]:
            self.points[group] -= own
            if not self.points[group]:
                self.held[group] = Fraction()

    def _rounded(self, held: Fraction, over: int, under: int) -> Fraction:
        """``held * over / under``, exactly or to so many bits."""
        left = Fraction(held.numerator * over, held.denominator * under)
        if is_long(left):
            self.level_within = LEVEL_WITHIN
        return short(left)

    def factor(self, place: int) -> Fraction:
        """The factor at which the gifts, none beyond a whole purse, pay the cost."""
        backing = sorted(
            (Fraction(self.points[group], own), group, own) for group, own in self._paying(place)
        )
        missing = Fraction(self.electorate.costs[place])
        gifts = self.support(place)
        for most, group, own in backing:
            if most * gifts >= missing:
                break
            missing -= Fraction(*self._purse(group))
            gifts -= Fraction(*self._gift(group, own))
        return missing / gifts


def exact_sum(parts: Iterable[tuple[int, int]]) -> Fraction:
    """The sum of over/under, adding whole numbers first among equal denominators."""
    by_denominator: dict[int, int] = defaultdict(int)
    for over, under in parts:
        by_denominator[under] += over
    return sum((Fraction(over, under) for under, over in by_denominator.items()), Fraction())


def _fund_next(purses: _Purses, telling: Telling, chain: TieChain) -> bool:
    """Fund an eligible project, or one made eligible by transfers; False if there is none."""
    costs = purses.electorate.costs
    waiting = waiting_places(purses.electorate, telling.winners)
    support = {place: purses.support(place) for place in waiting}
    eligible = {
        place: support[place] / costs[place] for place in waiting if support[place] >= costs[place]
    }
    if eligible:
        place, score = _first(purses, telling, chain, eligible)
        telling.fund(place, short(score), "funded")
        purses.pay(place, 1 / score)
        return True
    reachable = {
        place: support[place] - costs[place]
        for place in waiting
        if purses.reach(place) >= costs[place]
    }
    if not reachable:
        return False
    place, _ = _first(purses, telling, chain, reachable)
    telling.fund(place, short(support[place] / costs[place]), "transfer")
    purses.pay(place, purses.factor(place))
    return True


def _first(
    purses: _Purses, telling: Telling, chain: TieChain, value: dict[int, Fraction]
) -> tuple[int, Fraction]:
    """The place with the greatest value, ties by the chain."""
    most, ids = max(value.values()), telling.electorate.ids
    tied = [ids[place] for place, one in value.items() if most - one <= purses.level_within]
    if len(tied) > 1:
        telling.ties.append(chain.settle(telling.number, tied, short(most)))
    place = telling.electorate.place_of[chain.first(tied)]
    return place, value[place]


def _accept_what_fits(purses: _Purses, telling: Telling, chain: TieChain) -> None:
    costs = purses.electorate.costs
    waiting = waiting_places(purses.electorate, telling.winners)
    score = {place: purses.support(place) / costs[place] for place in waiting}
    while score:
        place, own = _first(purses, telling, chain, score)
        del score[place]
        if costs[place] <= telling.left:
            telling.fund(place, short(own), "completion")
        else:
            telling.pass_over(place, short(own))
