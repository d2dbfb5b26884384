"""Expanding approvals: ranked ballots back more and more projects until money is gathered.

Expanding Approvals Rule (Aziz and Lee, AAAI 2021, arXiv 1911.00864). Every ballot has
weight 1, worth B/n. At depth j a ballot backs its first j projects. A project that still
fits and whose backers weigh at least n * c(p) / B may be funded: the one with most weight
is, and that much weight is taken off its backers in proportion to what they have. When
there is none, j grows by one; the rule ends after the longest ballot.

The exact weights double in length with every project, so they are kept short as
``long_numbers`` says.

Example: unit costs, B = 3, two ballots abcd, two bacd, two cdab. A project needs 6/3 = 2.
At depth 1 a, b and c have 2 each: all three are funded.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction

from budgeting.tally.election import Instance, Profile
from budgeting.tally.electorate import Electorate, gather
from budgeting.tally.long_numbers import LEVEL_WITHIN, REMARK, is_long, short
from budgeting.tally.outcome import Outcome
from budgeting.tally.settings import RuleSettings
from budgeting.tally.telling import Telling, waiting_places
from budgeting.tally.ties import TieChain
from budgeting.vocabulary import ReasonKind, Utility


def count(instance: Instance, profile: Profile, settings: RuleSettings) -> Outcome:
    """Count ranked ballots; the utility of the settings plays no part."""
    electorate = gather(instance, profile, Utility.BORDA)
    chain = TieChain(settings.ties, instance.projects, electorate.votes_by_id)
    telling = Telling(electorate, settings)
    weights = _Weights.of(electorate)
    for depth in range(1, weights.deepest + 1):
        while level := _level_in_front(weights, telling, depth):
            _fund(weights, telling, chain, level, depth)
    _explain_the_rest(weights, telling)
    if weights.level_within:
        telling.remarks.append(REMARK)
    return telling.outcome(stopped_by="ballots_exhausted")


@dataclass
class _Weights:
    """What is left of each ballot's weight; ballots with the same past share one value."""

    electorate: Electorate
    value: list[Fraction]
    class_of: list[int]
    backers: list[list[tuple[int, int]]] = field(default_factory=list)
    deepest: int = 0
    level_within: Fraction = Fraction()

    @classmethod
    def of(cls, electorate: Electorate) -> "_Weights":
        """Every ballot begins with weight 1."""
        count = len(electorate.ids)
        weights = cls(electorate, [Fraction(1)], [0] * len(electorate.sizes))
        for place in range(count):
            depths = [(group, count - level + 1) for group, level in electorate.supporters(place)]
            weights.backers.append(depths)
            weights.deepest = max([weights.deepest, *(depth for _, depth in depths)])
        return weights

    def behind(self, place: int, depth: int) -> Fraction:
        """The weight of the ballots that have the project among their first ``depth``."""
        classes: Counter[int] = Counter()
        for group, at in self.backers[place]:
            if at <= depth:
                classes[self.class_of[group]] += int(self.electorate.sizes[group])
        return sum((size * self.value[one] for one, size in classes.items()), Fraction())

    def need(self, place: int) -> Fraction:
        """The weight a project takes: n * c(p) / B."""
        electorate = self.electorate
        return Fraction(
            electorate.voters * electorate.costs[place], electorate.instance.budget_limit
        )

    def take(self, place: int, depth: int, weight: Fraction) -> None:
        """Take what the project needs off its backers in proportion."""
        kept = max(Fraction(), 1 - self.need(place) / weight)
        moved: dict[int, int] = {}
        for group, at in self.backers[place]:
            if at > depth:
                continue
            old = self.class_of[group]
            if old not in moved:
                moved[old] = len(self.value)
                self.value.append(self._kept_short(self.value[old] * kept))
            self.class_of[group] = moved[old]

    def _kept_short(self, value: Fraction) -> Fraction:
        if is_long(value):
            self.level_within = LEVEL_WITHIN
        return short(value)


def _level_in_front(weights: _Weights, telling: Telling, depth: int) -> list[tuple[Fraction, int]]:
    """(weight, place) of all who may be funded now, most weight first."""
    found = []
    for place in waiting_places(weights.electorate, telling.winners):
        if weights.electorate.costs[place] > telling.left:
            continue
        weight = weights.behind(place, depth)
        if weight + weights.level_within >= weights.need(place):
            found.append((weight, place))
    return sorted(found, reverse=True)


def _fund(
    weights: _Weights,
    telling: Telling,
    chain: TieChain,
    level: list[tuple[Fraction, int]],
    depth: int,
) -> None:
    most = level[0][0]
    ids = weights.electorate.ids
    tied = [ids[place] for weight, place in level if most - weight <= weights.level_within]
    if len(tied) > 1:
        telling.ties.append(chain.settle(telling.number, tied, short(most)))
    place = weights.electorate.place_of[chain.first(tied)]
    others = [(one, weight) for weight, one in level if one != place]
    own = next(weight for weight, one in level if one == place)
    others.sort(key=lambda pair: (-pair[1], chain.rank[ids[pair[0]]]))
    second = (others[0][0], short(others[0][1])) if others else None
    telling.fund(place, short(own), f"depth_{depth}", second)
    weights.take(place, depth, own)


def _explain_the_rest(weights: _Weights, telling: Telling) -> None:
    electorate = weights.electorate
    share = Fraction(electorate.instance.budget_limit, max(1, electorate.voters))
    for place in waiting_places(electorate, telling.winners):
        weight = weights.behind(place, weights.deepest)
        money = weight * share
        if money < electorate.costs[place]:
            telling.fall(place, len(telling.steps), short(money), short(weight))
        else:
            missing = electorate.costs[place] - telling.left
            reason = telling.blank(place, ReasonKind.DID_NOT_FIT)
            telling.reasons[place] = replace(
                reason, score=short(weight), left_before=telling.left, missing=missing
            )
