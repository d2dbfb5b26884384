"""A ballot's choices as canonical bytes, and back again, refusing everything else.

    {"choices":["12","7"],"type":"ordinal"}
    {"choices":["12","7"],"points":[3,1],"type":"cumulative"}

Where order means nothing (every type but ranked) the choices are sorted, so that the bytes
do not tell in which order the voter clicked. Whether a ballot keeps to the rulebook, the
rulebook says; here only its shape is judged.
"""

from dataclasses import dataclass
from typing import Any

from budgeting import canonical
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_, BallotType

LONGEST_PROJECT_ID = 64
LARGEST_POINT = 1_000_000
WITH_POINTS = frozenset({BallotType.CUMULATIVE, BallotType.SCORING})


class BallotUnreadable(Refusal):
    """The bytes or the values are not a ballot; what they are is never told."""

    message = N_("Stemmesedlen kan ikke læses. Den er ikke talt med.")


@dataclass(frozen=True, repr=False)
class Choices:
    """What one voter chose: project ids (ranked: best first) and points, if the type has them."""

    ballot_type: BallotType
    projects: tuple[str, ...]
    points: tuple[int, ...] | None = None

    def __repr__(self) -> str:
        """Name the thing, never the vote: this text may end in a log."""
        return "<Choices>"


def encode(choices: Choices) -> bytes:
    """The canonical bytes of well-formed choices; raises BallotUnreadable for others."""
    _check(choices)
    ordered = _in_canonical_order(choices)
    spelled: dict[str, object] = {"choices": ordered.projects, "type": ordered.ballot_type.value}
    if ordered.points is not None:
        spelled["points"] = ordered.points
    return canonical.encode(spelled)


def decode(encoded: bytes, ballot_type: BallotType) -> Choices:
    """The choices in canonical bytes of the given type; raises BallotUnreadable."""
    expected = {"choices", "type"} | ({"points"} if ballot_type in WITH_POINTS else set())
    spelled = _read(encoded)
    if not isinstance(spelled, dict) or set(spelled) != expected:
        raise BallotUnreadable
    if spelled["type"] != ballot_type.value:
        raise BallotUnreadable
    points = _tuple_of(spelled["points"]) if ballot_type in WITH_POINTS else None
    choices = Choices(ballot_type, _tuple_of(spelled["choices"]), points)
    _check(choices)
    if choices != _in_canonical_order(choices):
        raise BallotUnreadable
    return choices


def _read(encoded: bytes) -> object:
    try:
        return canonical.decode(encoded)
    except canonical.NotCanonical:
        raise BallotUnreadable from None


def _tuple_of(value: object) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise BallotUnreadable
    return tuple(value)


def _check(choices: Choices) -> None:
    if not all(_is_project_id(project) for project in choices.projects):
        raise BallotUnreadable
    if len(set(choices.projects)) != len(choices.projects):
        raise BallotUnreadable
    if (choices.points is not None) != (choices.ballot_type in WITH_POINTS):
        raise BallotUnreadable
    if choices.points is not None:
        _check_points(choices.points, len(choices.projects))


def _check_points(points: tuple[int, ...], count: int) -> None:
    if len(points) != count or not all(_is_point(point) for point in points):
        raise BallotUnreadable


def _is_project_id(project: object) -> bool:
    return isinstance(project, str) and 1 <= len(project) <= LONGEST_PROJECT_ID


def _is_point(point: object) -> bool:
    if not isinstance(point, int) or isinstance(point, bool):
        return False
    return abs(point) <= LARGEST_POINT


def _in_canonical_order(choices: Choices) -> Choices:
    if choices.ballot_type is BallotType.ORDINAL:
        return choices
    if choices.points is None:
        return Choices(choices.ballot_type, tuple(sorted(choices.projects)))
    pairs = sorted(zip(choices.projects, choices.points, strict=True))
    projects = tuple(project for project, _ in pairs)
    return Choices(choices.ballot_type, projects, tuple(point for _, point in pairs))
