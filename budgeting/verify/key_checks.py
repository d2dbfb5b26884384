"""Part of the third check: whose key a board's heads are signed with, and where it was changed.

A key that is lost cannot sign for its heir, so nobody but the municipality can say that a new
key is its own. What can be seen is that the change was told, once, that it pins the last head
under the old key, and that everything after it builds on that head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from budgeting import canonical
from budgeting.ballotbox import key_changes
from budgeting.ballotbox.key_changes import KeyChange
from budgeting.ballotbox.signed_heads import TreeHead
from budgeting.verify import reading
from budgeting.verify.refused_keys import (
    KeptHeadCutOff,
    KeyChangeBroken,
    KeyChangeForged,
    KeyChangeOfAnotherBoard,
    KeyChangeTwice,
    KeyChangeUnpinned,
)


@dataclass(frozen=True)
class Place:
    """Which board is looked at, and what its heads must say of it."""

    number: int
    pot: str
    fingerprint: str
    key: bytes


@dataclass(frozen=True)
class Changed:
    """A change of key, for the reader to see: when, after which head, and from what to what."""

    when: datetime
    number: int
    old_key: bytes
    new_key: bytes


class Keys:
    """The keys of one board's heads, the oldest first; the last one signs the bundle too."""

    def __init__(self, spelled: Sequence[Any], place: Place) -> None:
        """Read the notes and see that they lead to the bundle's key; raises a BundleRefused."""
        self._place = place
        self._changes = [_change(one, place) for one in spelled]
        for earlier, later in pairwise(self._changes):
            if earlier.number == later.number:
                raise KeyChangeTwice(number=later.number, pot=place.pot)
            if earlier.number > later.number or earlier.new_key != later.old_key:
                raise KeyChangeBroken(pot=place.pot)
        keys = [*(one.old_key for one in self._changes), place.key]
        if len(set(keys)) != len(keys):
            raise KeyChangeBroken(pot=place.pot)
        if self._changes and self._changes[-1].new_key != place.key:
            raise KeyChangeBroken(pot=place.pot)

    @property
    def changed(self) -> tuple[Changed, ...]:
        """Every change, for the reader to see."""
        return tuple(
            Changed(one.time, one.number, one.old_key, one.new_key) for one in self._changes
        )

    def of_head(self, number: int) -> bytes:
        """The key that the head with this number must be signed with."""
        later = (one.old_key for one in self._changes if number <= one.number)
        return next(later, self._place.key)

    def check_pins(self, heads: Sequence[TreeHead]) -> None:
        """Each note speaks of the last head under its old key, and a head under the new follows."""
        for one in self._changes:
            if not 0 < one.number < len(heads):
                raise KeyChangeUnpinned(pot=self._place.pot)
            last, first = heads[one.number - 1], heads[one.number]
            is_pinned = (one.size, one.root) == (last.size, last.root)
            if not is_pinned or not last.time <= one.time <= first.time:
                raise KeyChangeUnpinned(pot=self._place.pot)

    def of_kept(self, key: bytes, number: int) -> bytes:
        """The key of a head that the reader kept: any of those, or the one it should have been."""
        known = {self._place.key, *(one.old_key for one in self._changes)}
        return key if key in known else self.of_head(number)

    def check_kept(self, head: TreeHead, key: bytes) -> None:
        """Refuse a board that was cut back: a kept head under an old key, beyond what is pinned."""
        for one in self._changes:
            if key == one.old_key and head.size > one.size:
                raise KeptHeadCutOff(pot=self._place.pot)


def _change(spelled: Any, place: Place) -> KeyChange:
    fields = reading.record(spelled, change=dict, signature=str)
    try:
        change = key_changes.verify(
            canonical.encode(fields["change"]), reading.digest(fields["signature"], 64)
        )
    except key_changes.ChangeForged:
        raise KeyChangeForged(pot=place.pot) from None
    if (change.budget_round, change.pot) != (place.fingerprint, place.pot):
        raise KeyChangeOfAnotherBoard(pot=place.pot)
    return change
