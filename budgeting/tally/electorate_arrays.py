"""Reads many ballots at once into arrays; the same answer as reading them one by one.

Ballots that differ only in the order of their choices stay separate groups here: joining
them would cost more time than it saves, and no decision depends on it.
"""

import sys
from itertools import chain, repeat
from typing import Any, NamedTuple

import numpy as np

from budgeting.tally.election import UnsoundElection
from budgeting.tally.electorate import BY_POINTS, BY_RANK, Distinct, Reading, Support
from budgeting.tally.vote_rows import VoteRows
from budgeting.vocabulary import Utility

Read = tuple[tuple[int, ...], tuple[int, ...], Any, Support, Support]


class Rows(NamedTuple):
    """Groups of equal ballots side by side: their sizes, how many choices, all choices."""

    size: Any
    lengths: Any
    place: Any


def read(reading: Reading, ballots: Distinct, choices: list[tuple[str, ...]]) -> Read:
    """Votes, strength, sizes, and the support by project and by ballot."""
    size = np.fromiter(ballots.values(), np.float64, len(ballots))
    lengths = np.fromiter(map(len, choices), np.int64, len(ballots))
    rows = Rows(size, lengths, _places(reading, choices))
    points = _points(ballots, rows.place) if reading.has_points else None
    return _arranged(reading, rows, points)


def read_rows(reading: Reading, rows: VoteRows) -> Read:
    """The same from the rows of a file."""
    size = np.fromiter(rows.sizes.values(), np.float64, len(rows.sizes))
    lengths = np.fromiter(map(str.count, rows.sizes, repeat(",")), np.int64, len(size)) + 1
    if "" in rows.sizes:
        lengths[list(rows.sizes).index("")] = 0
    return _arranged(reading, Rows(size, lengths, _as_places(rows.places, len(rows.ids))))


def _arranged(reading: Reading, rows: Rows, points: Any = None) -> Read:
    size, place = rows.size, rows.place
    row: Any = np.repeat(np.arange(len(size), dtype=np.int32), rows.lengths)
    level = _levels(reading, place, rows.lengths) if points is None else points
    order = np.argsort(place, kind="stable")
    if _has_repeats(place[order], row[order]):
        place, row, level = _without_repeats(reading, len(size), place, row, level)
        order = np.argsort(place, kind="stable")
    if reading.has_points and reading.utility not in BY_POINTS:
        level = (level > 0).astype(np.float64)
    votes = _votes(reading, place, row, level, size)
    keep = level > 0
    if not keep.all():
        place, row, level = place[keep], row[keep], level[keep]
        order = np.argsort(place, kind="stable")
    strength = _exact_sums(place, level, size[row], len(reading.place_of))
    by_project = Support(_starts(place, len(reading.place_of)), row[order], level[order])
    by_ballot = Support(_starts(row, len(size)), place.astype(np.int32), level)
    return votes, strength, size, by_project, by_ballot


def _places(reading: Reading, choices: list[tuple[str, ...]]) -> Any:
    """The places of all choices in a row; joining bytes is the quickest way to get there."""
    code = {one: place.to_bytes(4, sys.byteorder) for one, place in reading.place_of.items()}
    try:
        joined = b"".join(map(code.__getitem__, chain.from_iterable(choices)))
    except KeyError as error:
        raise UnsoundElection(f"a ballot names the unknown project {error}") from error
    return _as_places(joined, len(code))


def _as_places(joined: bytes, count: int) -> Any:
    """Short numbers where they do: they sort faster."""
    return np.frombuffer(joined, np.int32).astype(np.int16 if count < 2**15 else np.int32)


def _has_repeats(places: Any, rows: Any) -> bool:
    """Whether some ballot names a project twice; both columns are sorted by project."""
    return bool(((rows[1:] == rows[:-1]) & (places[1:] == places[:-1])).any())


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
