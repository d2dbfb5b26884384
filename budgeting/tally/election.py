"""What is counted: projects with costs, a budget limit, and the ballots.

Plain frozen values. All money is whole numbers of the smallest unit (øre for kroner);
``Instance.unit`` says how many of them make one unit of the currency.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from budgeting.vocabulary import BallotType

POINTED = frozenset({BallotType.CUMULATIVE, BallotType.SCORING})


class UnsoundElection(ValueError):
    """The projects or ballots contradict each other; the text says how."""


@dataclass(frozen=True, slots=True)
class Project:
    """One project on the ballot."""

    id: str
    cost: int
    name: str = ""
    area: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """The projects and the money there is for them."""

    budget_limit: int
    projects: tuple[Project, ...]
    unit: int = 100
    currency: str = "DKK"

    def __post_init__(self) -> None:
        """Refuse money that is not a positive whole number, and doubled projects."""
        if self.budget_limit <= 0 or self.unit <= 0:
            raise UnsoundElection("the budget limit and the unit must be above zero")
        seen: set[str] = set()
        for project in self.projects:
            if project.cost <= 0:
                raise UnsoundElection(f"project {project.id}: the cost must be above zero")
            if project.id in seen:
                raise UnsoundElection(f"project {project.id} is listed twice")
            seen.add(project.id)

    def project_by_id(self) -> dict[str, Project]:
        """Each project under its id."""
        return {project.id: project for project in self.projects}


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's choices; ranked ballots list the favourite first.

    ``points`` stands beside ``choices``, one whole number each, for cumulative and
    scoring ballots, and is None for all others.
    """

    choices: tuple[str, ...]
    points: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse points that do not stand one by one beside the choices."""
        if self.points is None:
            return
        if len(self.points) != len(self.choices):
            raise UnsoundElection("a ballot must have one number of points per choice")
        if any(points < 0 for points in self.points):
            raise UnsoundElection("a ballot gives a project fewer than 0 points")


@dataclass(frozen=True, slots=True)
class Profile:
    """All valid ballots, empty ones included; every one counts as a voter.

    Ballots are a tuple, or the rows of a large file (``vote_rows``), which are as good.
    Points are whole; where a file gave decimals, ``points_unit`` of them make one.
    """

    ballot_type: BallotType
    ballots: Sequence[Ballot] = field(repr=False)
    points_unit: int = 1

    def __post_init__(self) -> None:
        """Read plain strings as ballot types."""
        object.__setattr__(self, "ballot_type", BallotType(self.ballot_type))
