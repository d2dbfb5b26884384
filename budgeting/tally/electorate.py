"""The ballots as a rule reads them: groups of identical ballots and what they support.

Utility is always ``level x factor``: the level is the voter's (1 for a tick, the points,
the Borda score), the factor the project's (1, or its cost for the utilities ending in
cost). Example: under ``cost`` a tick for a project of 300 is level 1 times factor 300.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from budgeting.tally.election import POINTED, Ballot, Instance, Profile, UnsoundElection
from budgeting.tally.settings import UnfitSettings
from budgeting.vocabulary import BallotType, Utility

_BY_COST = frozenset({Utility.COST, Utility.POINTS_COST, Utility.BORDA_COST})
_BY_POINTS = frozenset({Utility.POINTS, Utility.POINTS_COST})
_BY_RANK = frozenset({Utility.BORDA, Utility.BORDA_COST, Utility.BORDA_LENGTH})


@dataclass(frozen=True, slots=True)
class Group:
    """Identical ballots: the places of the projects they support, and the levels."""

    size: int
    supports: tuple[int, ...]
    levels: tuple[int, ...]


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
    groups: tuple[Group, ...] = field(repr=False)
    votes: tuple[int, ...] = field(repr=False)

    @cached_property
    def factors(self) -> tuple[int, ...]:
        """What a level counts for, per project."""
        return self.costs if self.utility in _BY_COST else (1,) * len(self.costs)

    @cached_property
    def strength(self) -> tuple[int, ...]:
        """The sum of levels per project."""
        sums = [0] * len(self.ids)
        for group in self.groups:
            for place, level in zip(group.supports, group.levels, strict=True):
                sums[place] += group.size * level
        return tuple(sums)

    @cached_property
    def supporters(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Per project the groups that support it, each with its level."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.ids]
        for number, group in enumerate(self.groups):
            for place, level in zip(group.supports, group.levels, strict=True):
                found[place].append((number, level))
        return tuple(tuple(one) for one in found)

    @cached_property
    def votes_by_id(self) -> dict[str, int]:
        """How many ballots name each project."""
        return dict(zip(self.ids, self.votes, strict=True))


def gather(instance: Instance, profile: Profile, utility: Utility) -> Electorate:
    """Group the ballots as the utility reads them."""
    _refuse_misfit(profile.ballot_type, utility)
    ordered = sorted(instance.projects, key=lambda project: project.id)
    place_of = {project.id: place for place, project in enumerate(ordered)}
    reader = _Reader(profile.ballot_type, utility, place_of)
    sizes: Counter[tuple[tuple[int, ...], tuple[int, ...]]] = Counter()
    votes = [0] * len(ordered)
    for ballot, size in _distinct(profile.ballots):
        listed, key = reader.read(ballot)
        sizes[key] += size
        for place in listed:
            votes[place] += size
    groups = tuple(Group(size, *key) for key, size in sorted(sizes.items()))
    costs = tuple(project.cost for project in ordered)
    ids = tuple(place_of)
    return Electorate(instance, utility, len(profile.ballots), ids, costs, groups, tuple(votes))


def _distinct(ballots: tuple[Ballot, ...]) -> list[tuple[Ballot, int]]:
    """Each ballot once with its number; first by identity, which readers share."""
    by_identity = Counter(map(id, ballots))
    one_of = {id(ballot): ballot for ballot in ballots}
    return [(one_of[key], size) for key, size in by_identity.items()]


def _refuse_misfit(ballot_type: BallotType, utility: Utility) -> None:
    if utility in _BY_POINTS and ballot_type not in POINTED:
        raise UnfitSettings(f"the utility {utility} needs ballots with points")
    if utility in _BY_RANK and ballot_type is not BallotType.ORDINAL:
        raise UnfitSettings(f"the utility {utility} needs ranked ballots")


@dataclass
class _Reader:
    """Reads one ballot into places and levels."""

    ballot_type: BallotType
    utility: Utility
    place_of: dict[str, int]

    def read(self, ballot: Ballot) -> tuple[list[int], tuple[tuple[int, ...], tuple[int, ...]]]:
        """The places it names, and what it supports as (places, levels) in order."""
        places = self._places(ballot)
        levels = self._levels(ballot, places)
        pairs = sorted((place, level) for place, level in zip(places, levels, strict=True) if level)
        listed = places if self.ballot_type not in POINTED else [place for place, _ in pairs]
        return listed, (tuple(place for place, _ in pairs), tuple(level for _, level in pairs))

    def _places(self, ballot: Ballot) -> list[int]:
        try:
            return [self.place_of[choice] for choice in dict.fromkeys(ballot.choices)]
        except KeyError as error:
            raise UnsoundElection(f"a ballot names the unknown project {error}") from error

    def _levels(self, ballot: Ballot, places: list[int]) -> list[int]:
        if self.ballot_type in POINTED:
            return self._points(ballot)
        match self.utility:
            case Utility.BORDA | Utility.BORDA_COST:
                return [len(self.place_of) - position for position in range(len(places))]
            case Utility.BORDA_LENGTH:
                return [len(places) - position - 1 for position in range(len(places))]
            case _:
                return [1] * len(places)

    def _points(self, ballot: Ballot) -> list[int]:
        if ballot.points is None:
            raise UnsoundElection("a ballot of this type must give points")
        given: dict[str, int] = {}
        for choice, points in zip(ballot.choices, ballot.points, strict=True):
            given.setdefault(choice, points)
        if self.utility in _BY_POINTS:
            return list(given.values())
        return [1 if points else 0 for points in given.values()]
