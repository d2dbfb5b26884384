"""Reads many ballots at once into arrays; the same answer as reading them one by one.

Ballots that differ only in the order of their choices stay separate groups here: joining
them would cost more time than it saves, and no decision depends on it.
"""

import sys
from itertools import chain
from typing import Any

import numpy as np

from budgeting.tally.election import UnsoundElection
from budgeting.tally.electorate import BY_POINTS, BY_RANK, Distinct, Reading, Support
from budgeting.vocabulary import Utility


def read(
    reading: Reading, ballots: Distinct
) -> tuple[tuple[int, ...], tuple[int, ...], Any, Support, Support]:
    """Votes, strength, sizes, and the support by project and by ballot."""
    size = np.fromiter(ballots.values(), np.float64, len(ballots))
    choices = [one for one, _ in ballots] if reading.has_points else list(ballots)
    lengths = np.fromiter(map(len, choices), np.int64, len(ballots))
    place = _places(reading, choices)
    row = np.repeat(np.arange(len(ballots), dtype=np.int32), lengths)
    level = _points(ballots, place) if reading.has_points else _levels(reading, place, lengths)
    place, row, level = _without_repeats(reading, len(ballots), place, row, level)
    if reading.has_points and reading.utility not in BY_POINTS:
        level = (level > 0).astype(np.float64)
    votes = _votes(reading, place, row, level, size)
    keep = level > 0
    if not keep.all():
        place, row, level = place[keep], row[keep], level[keep]
    strength = _exact_sums(place, level, size[row], len(reading.place_of))
    order = np.argsort(place, kind="stable")
    by_project = Support(_starts(place, len(reading.place_of)), row[order], level[order])
    by_ballot = Support(_starts(row, len(ballots)), place.astype(np.int32), level)
    return votes, strength, size, by_project, by_ballot


def _places(reading: Reading, choices: list[tuple[str, ...]]) -> Any:
    """The places of all choices in a row; joining bytes is the quickest way to get there."""
    code = {one: place.to_bytes(4, sys.byteorder) for one, place in reading.place_of.items()}
    try:
        joined = b"".join(map(code.__getitem__, chain.from_iterable(choices)))
    except KeyError as error:
        raise UnsoundElection(f"a ballot names the unknown project {error}") from error
    kind = np.int16 if len(code) < 2**15 else np.int32
    return np.frombuffer(joined, np.int32).astype(kind)


def _points(ballots: Distinct, place: Any) -> Any:
    if any(points is None for _, points in ballots):
        raise UnsoundElection("a ballot of this type must give points")
    given = chain.from_iterable(points for _, points in ballots)
    return np.fromiter(given, np.float64, len(place))


def _levels(reading: Reading, place: Any, lengths: Any) -> Any:
    if reading.utility not in BY_RANK:
        return np.ones(len(place))
    begin = np.repeat(np.cumsum(lengths) - lengths, lengths)
    position = np.arange(len(place)) - begin
    if reading.utility is Utility.BORDA_LENGTH:
        return np.repeat(lengths, lengths) - position - 1.0
    return len(reading.place_of) - position.astype(np.float64)


def _without_repeats(
    reading: Reading, count: int, place: Any, row: Any, level: Any
) -> tuple[Any, Any, Any]:
    """Leave out a project named twice in one ballot; ranks close up over the gap."""
    order = np.argsort(place, kind="stable")
    places, rows = place[order], row[order]
    if not ((rows[1:] == rows[:-1]) & (places[1:] == places[:-1])).any():
        return place, row, level
    key = row.astype(np.int64) * len(reading.place_of) + place
    _, first = np.unique(key, return_index=True)
    keep = np.sort(first)
    place, row, level = place[keep], row[keep], level[keep]
    if not reading.has_points:
        level = _levels(reading, place, np.bincount(row, minlength=count))
    return place, row, level


def _votes(reading: Reading, place: Any, row: Any, level: Any, size: Any) -> tuple[int, ...]:
    counted = size[row] * (level > 0) if reading.has_points else size[row]
    sums = np.bincount(place, weights=counted, minlength=len(reading.place_of))
    return tuple(int(one) for one in sums)


def _exact_sums(place: Any, level: Any, size: Any, count: int) -> tuple[int, ...]:
    """Sums of whole numbers; floats hold them exactly up to 2**53."""
    sums = np.bincount(place, weights=level * size, minlength=count)
    if len(sums) and sums.max() >= 2.0**53:
        raise UnsoundElection("the ballots give more points than can be added exactly")
    return tuple(int(one) for one in sums)


def _starts(row: Any, count: int) -> Any:
    return np.concatenate(([0], np.cumsum(np.bincount(row, minlength=count)))).astype(np.int64)
