"""Reads many ballots at once into arrays; the same answer as reading them one by one.

Ballots that differ only in the order of their choices stay separate groups here: joining
them would cost more time than it saves, and no decision depends on it.
"""

from itertools import chain
from typing import Any

import numpy as np

from budgeting.tally.election import Ballot, UnsoundElection
from budgeting.tally.electorate import BY_POINTS, Reading, Support
from budgeting.vocabulary import Utility


def read(
    reading: Reading, ballots: list[Ballot], sizes: list[int]
) -> tuple[tuple[int, ...], tuple[int, ...], Any, Support, Support]:
    """Votes, strength, sizes, and the support by project and by ballot."""
    size = np.array(sizes, dtype=np.float64)
    lengths = np.fromiter((len(ballot.choices) for ballot in ballots), np.int64, len(ballots))
    place = _places(reading, ballots, int(lengths.sum()))
    row = np.repeat(np.arange(len(ballots), dtype=np.int32), lengths)
    level = _levels(reading, ballots, place, lengths)
    place, row, level = _without_repeats(reading, ballots, place, row, level)
    votes = _votes(reading, place, row, level, size)
    keep = level > 0
    if not keep.all():
        place, row, level = place[keep], row[keep], level[keep]
    strength = _exact_sums(place, level, size[row], len(reading.place_of))
    order = np.argsort(place, kind="stable")
    by_project = Support(_starts(place, len(reading.place_of)), row[order], level[order])
    by_ballot = Support(_starts(row, len(ballots)), place.astype(np.int32), level)
    return votes, strength, size, by_project, by_ballot


def _places(reading: Reading, ballots: list[Ballot], total: int) -> Any:
    choices = chain.from_iterable(ballot.choices for ballot in ballots)
    kind = np.int16 if len(reading.place_of) < 2**15 else np.int32
    try:
        return np.fromiter(map(reading.place_of.__getitem__, choices), kind, total)
    except KeyError as error:
        raise UnsoundElection(f"a ballot names the unknown project {error}") from error


def _levels(reading: Reading, ballots: list[Ballot], place: Any, lengths: Any) -> Any:
    if reading.has_points:
        if any(ballot.points is None for ballot in ballots):
            raise UnsoundElection("a ballot of this type must give points")
        points = chain.from_iterable(ballot.points or () for ballot in ballots)
        given = np.fromiter(points, np.float64, len(place))
        return given if reading.utility in BY_POINTS else (given > 0).astype(np.float64)
    if reading.utility not in (Utility.BORDA, Utility.BORDA_COST, Utility.BORDA_LENGTH):
        return np.ones(len(place))
    begin = np.repeat(np.cumsum(lengths) - lengths, lengths)
    position = np.arange(len(place)) - begin
    if reading.utility is Utility.BORDA_LENGTH:
        return np.repeat(lengths, lengths) - position - 1.0
    return len(reading.place_of) - position.astype(np.float64)


def _without_repeats(reading: Reading, ballots: list[Ballot], *entries: Any) -> tuple[Any, ...]:
    """Leave out a project named twice in one ballot; ranks close up over the gap."""
    place, row, level = entries
    key = row.astype(np.int64) * len(reading.place_of) + place
    _, first = np.unique(key, return_index=True)
    if len(first) == len(key):
        return place, row, level
    keep = np.sort(first)
    kept = np.bincount(row[keep], minlength=len(ballots))
    level = _levels_again(reading, ballots, level[keep], place[keep], kept)
    return place[keep], row[keep], level


def _levels_again(
    reading: Reading, ballots: list[Ballot], level: Any, place: Any, lengths: Any
) -> Any:
    return level if reading.has_points else _levels(reading, ballots, place, lengths)


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
