"""The ballots as a rule reads them: groups of identical ballots and what they support.

Utility is always ``level x factor``: the level is the voter's (1 for a tick, the points,
the Borda score), the factor the project's (1, or its cost for the utilities ending in
cost). Example: under ``cost`` a tick for a project of 300 is level 1 times factor 300.

Support is kept twice, by project and by ballot, each as three rows side by side: entry k
of ``start`` says where the entries of k begin in ``other`` and ``level``. They are lists
for small elections and arrays for large ones.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from budgeting.tally import compiling
from budgeting.tally.election import POINTED, Instance, Profile, UnsoundElection
from budgeting.tally.settings import UnfitSettings
from budgeting.tally.vote_rows import VoteRows
from budgeting.vocabulary import BallotType, Utility

BY_COST = frozenset({Utility.COST, Utility.POINTS_COST, Utility.BORDA_COST})
BY_POINTS = frozenset({Utility.POINTS, Utility.POINTS_COST})
BY_RANK = frozenset({Utility.BORDA, Utility.BORDA_COST, Utility.BORDA_LENGTH})


class Support(NamedTuple):
    """Who supports whom: where the entries of each begin, the other side, the levels."""

    start: Sequence[int]
    other: Sequence[int]
    level: Sequence[float]


@dataclass(frozen=True)
class Electorate:
    """Projects in the order of their ids, and every group of voters.

    ``votes`` counts the ballots that name a project; ``strength`` sums their levels.
    """

    instance: Instance
    utility: Utility
    voters: int
    ids: tuple[str, ...]
    costs: tuple[int, ...]
    votes: tuple[int, ...] = field(repr=False)
    strength: tuple[int, ...] = field(repr=False)
    sizes: Sequence[int] = field(repr=False)
    by_project: Support = field(repr=False)
    by_ballot: Support = field(repr=False)
    is_large: bool = False

    @cached_property
    def factors(self) -> tuple[int, ...]:
        """What a level counts for, per project."""
        return self.costs if self.utility in BY_COST else (1,) * len(self.costs)

    @cached_property
    def votes_by_id(self) -> dict[str, int]:
        """How many ballots name each project."""
        return dict(zip(self.ids, self.votes, strict=True))

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The place of each project id."""
        return {project_id: place for place, project_id in enumerate(self.ids)}

    def supporters(self, place: int) -> list[tuple[int, int]]:
        """The groups that support a project, each with its level."""
        return _pairs(self.by_project, place)

    def supports(self, group: int) -> list[tuple[int, int]]:
        """The projects a group supports, each with its level."""
        return _pairs(self.by_ballot, group)

    @property
    def candidates(self) -> list[int]:
        """The places of the projects that may be funded at all."""
        budget = self.instance.budget_limit
        return [
            place
            for place, cost in enumerate(self.costs)
            if cost <= budget and self.strength[place] > 0
        ]


def _pairs(support: Support, at: int) -> list[tuple[int, int]]:
    begin, end = int(support.start[at]), int(support.start[at + 1])
    pairs = zip(support.other[begin:end], support.level[begin:end], strict=True)
    return [(int(other), int(level)) for other, level in pairs]


def gather(instance: Instance, profile: Profile, utility: Utility) -> Electorate:
    """Group the ballots as the utility reads them."""
    _refuse_misfit(profile.ballot_type, utility)
    ordered = sorted(instance.projects, key=lambda project: project.id)
    place_of = {project.id: place for place, project in enumerate(ordered)}
    reading = Reading(profile.ballot_type, utility, place_of)
    votes, strength, sizes, by_project, by_ballot, is_large = _read(reading, profile)
    return Electorate(
        instance=instance,
        utility=utility,
        voters=len(profile.ballots),
        ids=tuple(place_of),
        costs=tuple(project.cost for project in ordered),
        votes=votes,
        strength=strength,
        sizes=sizes,
        by_project=by_project,
        by_ballot=by_ballot,
        is_large=is_large,
    )


def _read(reading: "Reading", profile: Profile) -> tuple[Any, ...]:
    """Read a large profile at once into arrays, a small one ballot by ballot."""
    rows: Any = profile.ballots
    is_apt = isinstance(rows, VoteRows) and rows.ids == tuple(reading.place_of)
    if is_apt and compiling.is_large(rows.entries):
        from budgeting.tally import electorate_arrays

        return *electorate_arrays.read_rows(reading, rows), True
    ballots = distinct(profile)
    choices = [one for one, _ in ballots] if reading.has_points else list(ballots)
    if compiling.is_large(sum(map(len, choices))):
        from budgeting.tally import electorate_arrays

        return *electorate_arrays.read(reading, ballots, choices), True
    return *read_small(reading, ballots), False


Distinct = dict[tuple[Any, ...], int]
"""How often each ballot was cast: by its choices, or by (choices, points)."""


def distinct(profile: Profile) -> Distinct:
    """Each ballot once and how often it was cast."""
    if profile.ballot_type in POINTED:
        return Counter(map(attrgetter("choices", "points"), profile.ballots))
    return Counter(map(attrgetter("choices"), profile.ballots))


def _refuse_misfit(ballot_type: BallotType, utility: Utility) -> None:
    if utility in BY_POINTS and ballot_type not in POINTED:
        raise UnfitSettings(f"the utility {utility} needs ballots with points")
    if utility in BY_RANK and ballot_type is not BallotType.ORDINAL:
        raise UnfitSettings(f"the utility {utility} needs ranked ballots")


@dataclass(frozen=True)
class Reading:
    """How ballots of one type are read for one utility."""

    ballot_type: BallotType
    utility: Utility
    place_of: dict[str, int]

    @property
    def has_points(self) -> bool:
        """Whether the ballots carry points."""
        return self.ballot_type in POINTED


def read_small(
    reading: Reading, ballots: Distinct
) -> tuple[tuple[int, ...], tuple[int, ...], list[int], Support, Support]:
    """Read ballots one by one; ballots that come to the same are one group."""
    count = len(reading.place_of)
    votes, strength = [0] * count, [0] * count
    groups: Counter[tuple[tuple[int, int], ...]] = Counter()
    for ballot, size in ballots.items():
        levels = _levels(reading, ballot)
        for place, level in levels.items():
            votes[place] += size if level or not reading.has_points else 0
            strength[place] += size * level
        groups[tuple(sorted(pair for pair in levels.items() if pair[1]))] += size
    rows = sorted(groups.items())
    by_ballot = _stacked([list(pairs) for pairs, _ in rows])
    backing: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for number, (pairs, _) in enumerate(rows):
        for place, level in pairs:
            backing[place].append((number, level))
    return (
        tuple(votes),
        tuple(strength),
        [size for _, size in rows],
        _stacked(backing),
        by_ballot,
    )


def _stacked(rows: list[list[tuple[int, int]]]) -> Support:
    start = [0]
    for row in rows:
        start.append(start[-1] + len(row))
    flat = [pair for row in rows for pair in row]
    return Support(start, [other for other, _ in flat], [level for _, level in flat])


def _levels(reading: Reading, ballot: tuple[Any, ...]) -> dict[int, int]:
    if reading.has_points:
        return _point_levels(reading, *ballot)
    places = list(dict.fromkeys(_places(reading, ballot)))
    match reading.utility:
        case Utility.BORDA | Utility.BORDA_COST:
            top = len(reading.place_of)
        case Utility.BORDA_LENGTH:
            top = len(places) - 1
        case _:
            return dict.fromkeys(places, 1)
    return {place: top - position for position, place in enumerate(places)}


def _places(reading: Reading, choices: tuple[str, ...]) -> list[int]:
    try:
        return [reading.place_of[choice] for choice in choices]
    except KeyError as error:
        raise UnsoundElection(f"a ballot names the unknown project {error}") from error


def _point_levels(
    reading: Reading, choices: tuple[str, ...], points: tuple[int, ...] | None
) -> dict[int, int]:
    if points is None:
        raise UnsoundElection("a ballot of this type must give points")
    given: dict[int, int] = {}
    for place, own in zip(_places(reading, choices), points, strict=True):
        given.setdefault(place, own)
    if reading.utility in BY_POINTS:
        return given
    return {place: int(own > 0) for place, own in given.items()}
