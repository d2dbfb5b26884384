"""How close a project was: the votes it lacked, and the cost at which it would be funded.

Measures of Boehmer, Faliszewski, Janeczko, Peters, Pierczynski, Schierreich, Skowron and
Szufa, "Evaluation of Project Performance in Participatory Budgeting" (2023):

- the least number of further ballots, for this project alone, that would have funded it;
- the greatest cost at which it would have been funded, all else as it was (for a funded
  project: how dear it could have been).

Both are found by counting again, and confirmed: a count with the number given funds the
project, one with a ballot less (or one unit of cost more) does not. Greedy by votes is
monotone, so that there is no smaller number. Other rules are not: a further ballot also
changes everyone's share. There the numbers up to ``SCANNED`` are tried one by one, beyond
them the search halves, and ``ballots_are_least`` and ``cost_is_greatest`` say whether a
smaller number (a greater cost) is ruled out.

Example (Aarhus): 48.000 are left when the project of 78.450 comes. Its greatest cost is
48.000; with enough further votes to overtake the first, it would have been funded.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from budgeting.tally.counting import winners
from budgeting.tally.election import POINTED, Ballot, Instance, Profile
from budgeting.tally.settings import GreedyOptions, RuleSettings
from budgeting.vocabulary import Completion, Rule

SCANNED = 24


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close one project was; numbers are None where none would have helped.

    ballots_missing    further ballots for it alone; 0 if it is funded
    ballots_are_least  whether fewer are ruled out
    greatest_cost      smallest units, in whole units of the currency
    cost_is_greatest   whether a greater cost is ruled out
    counts             how many counts were made to find out
    points_each        what each of those ballots gives it, where ballots give points
    """

    project_id: str
    is_funded: bool
    ballots_missing: int | None
    ballots_are_least: bool
    greatest_cost: int | None
    cost_is_greatest: bool
    counts: int
    points_each: int | None = None


def how_close(
    instance: Instance, profile: Profile, settings: RuleSettings, project_id: str
) -> Closeness:
    """Find out how close a project was, by counting again and again."""
    trial = _Trial(instance, profile, settings, project_id)
    is_funded = trial.with_ballots(0)
    missing = 0 if is_funded else trial.least_ballots()
    cost = trial.greatest_cost(is_funded=is_funded)
    return Closeness(
        project_id=project_id,
        is_funded=is_funded,
        ballots_missing=missing,
        ballots_are_least=trial.is_monotone or (missing is not None and missing <= SCANNED),
        greatest_cost=cost,
        cost_is_greatest=trial.is_monotone,
        counts=trial.counts,
        points_each=trial.points_each,
    )


class _Trial:
    """Counts with one project changed, and remembers nothing but how many counts it took."""

    def __init__(
        self, instance: Instance, profile: Profile, settings: RuleSettings, project_id: str
    ) -> None:
        self.instance, self.profile, self.settings = instance, profile, settings
        self.project = instance.project_by_id()[project_id]
        self.counts = 0

    @property
    def is_monotone(self) -> bool:
        """Whether more votes and a lower cost can only help, as in plain greedy."""
        return self.settings.rule is Rule.GREEDY and self.settings.greedy == GreedyOptions()

    def with_ballots(self, many: int) -> bool:
        """Whether so many further ballots for it alone fund the project."""
        self.counts += 1
        ballots = (*self.profile.ballots, *[self._ballot()] * many)
        profile = replace(self.profile, ballots=ballots)
        return self.project.id in winners(self.instance, profile, self.settings)

    @property
    def points_each(self) -> int | None:
        """The most that anyone gave a project, which is what a further ballot gives this one."""
        if self.profile.ballot_type not in POINTED:
            return None
        most = max((max(one.points or (0,), default=0) for one in self.profile.ballots), default=1)
        return max(1, most)

    def _ballot(self) -> Ballot:
        points = self.points_each
        return Ballot((self.project.id,), None if points is None else (points,))

    def with_cost(self, cost: int) -> bool:
        """Whether the project is funded at another cost."""
        self.counts += 1
        changed = replace(self.project, cost=cost)
        projects = tuple(changed if one.id == changed.id else one for one in self.instance.projects)
        instance = replace(self.instance, projects=projects)
        return self.project.id in winners(instance, self.profile, self.settings)

    def least_ballots(self) -> int | None:
        """The least number found, or None if none up to four times the voters helps."""
        if self.project.cost > self.instance.budget_limit:
            return None
        if not self.is_monotone:
            for many in range(1, SCANNED + 1):
                if self.with_ballots(many):
                    return many
        few, most = (0 if self.is_monotone else SCANNED), 4 * len(self.profile.ballots) + 4
        many = max(1, 2 * few)
        while not self.with_ballots(many):
            if many >= most:
                return None
            few, many = many, min(2 * many, most)
        return _first_true(few, many, self.with_ballots)

    def greatest_cost(self, *, is_funded: bool) -> int | None:
        """The greatest cost found in whole units, or None if even one unit is too much."""
        unit = self.instance.unit
        top = self.instance.budget_limit // unit
        now = self.project.cost // unit
        if is_funded:
            if self.with_cost(top * unit):
                return top * unit
            bound = _first_true(now, top, lambda units: not self.with_cost(units * unit))
            return (bound - 1) * unit if bound - 1 > now else self.project.cost
        if not self.with_cost(unit):
            return None
        top = min(top, -(-self.project.cost // unit) - 1)
        if self.with_cost(top * unit):
            return top * unit
        bound = _first_true(1, top, lambda units: not self.with_cost(units * unit))
        return (bound - 1) * unit


def _first_true(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Halve between a number for which it does not hold and one for which it does."""
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high


def is_raised_again(settings: RuleSettings) -> bool:
    """Whether each count makes many runs, so that closeness is worth doing in a job."""
    return settings.completion in (Completion.ADD1, Completion.ADD1_GREEDY)
