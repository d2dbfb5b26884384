"""Ballots that are alike, counted together: what may be published, and how many are unlike all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from budgeting.models import Ballot, BudgetRound
from budgeting.services import rounds
from budgeting.services.results import PotResult
from budgeting.vocabulary import Publication

Filled = TypeVar("Filled", bound=tuple[Any, ...])


class Pattern(NamedTuple):
    """One way to fill in a ballot: projects, and the points beside them where the type has them."""

    choices: tuple[str, ...]
    points: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Groups(Generic[Filled]):
    """The patterns that enough people share, largest first, and how many ballots are left."""

    patterns: tuple[tuple[Filled, int], ...]
    others: int


@dataclass(frozen=True)
class Uniqueness:
    """How many of a pot's ballots are like no other."""

    pot_name: str
    ballots: int
    unique: int


def level_of(session: Session, budget_round: BudgetRound) -> Publication:
    """Return how much of the ballots the frozen rules say that everyone may read."""
    return rounds.rulebook_of(session, budget_round).publication


def groups_of(session: Session, result: PotResult) -> Groups[Pattern]:
    """Return a pot's ballots in groups, none smaller than the rulebook allows."""
    rulebook = rounds.rulebook_of(session, result.pot.budget_round)
    return grouped(_patterns(session, result), rulebook.smallest_group)


def uniqueness_of(session: Session, result: PotResult) -> Uniqueness:
    """Return how many ballots of a pot nobody else has filled in the same way.

    The database counts, as a town's ballots would fill the memory of a page.
    """
    alike = select(func.count().label("times")).where(Ballot.pot_id == result.pot.id)
    times = alike.group_by(cast(Ballot.choices, Text), cast(Ballot.points, Text)).subquery().c.times
    ballots, unique = session.execute(
        select(func.sum(times), func.count(times).filter(times == 1))
    ).one()
    return Uniqueness(result.pot.name, int(ballots or 0), unique)


def grouped(patterns: Iterable[Filled], smallest: int) -> Groups[Filled]:
    """Count patterns; what is too small goes in one heap, and the heap is not too small either.

    Where the heap would be, the smallest group that is shown joins it: otherwise its size
    would be a small number that can be found by subtraction.
    """
    shown = sorted(Counter(patterns).items(), key=lambda one: (-one[1], one[0]))
    others = 0
    while shown and (shown[-1][1] < smallest or 0 < others < smallest):
        others += shown.pop()[1]
    return Groups(tuple(shown), others)


def _patterns(session: Session, result: PotResult) -> list[Pattern]:
    ballots = select(Ballot.choices, Ballot.points).where(Ballot.pot_id == result.pot.id)
    return [
        Pattern(tuple(choices), None if points is None else tuple(points))
        for choices, points in session.execute(ballots)
    ]
