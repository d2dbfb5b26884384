"""Padding: every ballot of a pot becomes equally long, so that its length tells nothing.

length 4 | ballot | zeros up to the size
"""

from collections.abc import Collection

from budgeting.ballotbox import ballot_coding
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_, BallotType

_LENGTH_FIELD = 4
_STEP = 64


class TooLongToPad(Refusal):
    """The ballot is longer than the size its pot was given."""

    message = N_("Stemmesedlen er for lang til stemmeurnen. Den er ikke afgivet.")


class PaddingBroken(Refusal):
    """The bytes were not padded here."""

    message = N_("Stemmesedlen er ikke fyldt ud, som den skal være. Den er ikke talt med.")


def pad(ballot: bytes, size: int) -> bytes:
    """The ballot filled up to exactly `size` bytes."""
    if _LENGTH_FIELD + len(ballot) > size:
        raise TooLongToPad
    return (len(ballot).to_bytes(_LENGTH_FIELD, "big") + ballot).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """The ballot in padded bytes; raises PaddingBroken unless they are exactly pad's."""
    end = _LENGTH_FIELD + int.from_bytes(padded[:_LENGTH_FIELD], "big")
    if len(padded) < _LENGTH_FIELD or end > len(padded) or any(padded[end:]):
        raise PaddingBroken
    return padded[_LENGTH_FIELD:end]


def size_for(
    ballot_type: BallotType,
    project_ids: Collection[str],
    *,
    most_choices: int | None = None,
    largest_point: int = ballot_coding.LARGEST_POINT,
) -> int:
    """The size that holds the longest ballot of a pot, rounded up to whole 64 bytes.

    `most_choices` is the largest number of projects one ballot may name (default: all),
    `largest_point` the point with the longest spelling (-10 is longer than 10).
    """
    longest_first = sorted(project_ids, key=_spelled_length, reverse=True)
    chosen = tuple(longest_first[:most_choices])
    has_points = ballot_type in ballot_coding.WITH_POINTS
    points = (largest_point,) * len(chosen) if has_points else None
    longest = ballot_coding.encode(ballot_coding.Choices(ballot_type, chosen, points))
    return -(-(_LENGTH_FIELD + len(longest)) // _STEP) * _STEP


def _spelled_length(project_id: str) -> int:
    choices = ballot_coding.Choices(BallotType.APPROVAL, (project_id,))
    return len(ballot_coding.encode(choices))
