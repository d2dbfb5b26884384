"""Third check: each board only ever grew, as the municipality signed for along the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from budgeting import canonical
from budgeting.ballotbox import board, board_proofs, signed_heads
from budgeting.ballotbox import bundle_layout as layout
from budgeting.ballotbox.compact_range import CompactRange
from budgeting.ballotbox.signed_heads import TreeHead
from budgeting.verify import reading
from budgeting.verify.key_checks import Changed, Keys, Place
from budgeting.verify.reading import Files
from budgeting.verify.refused import FileUnreadable
from budgeting.verify.refused_rules import (
    BoardRewritten,
    BoardRootDiffers,
    BoardUnsigned,
    EntryTwice,
    GrowthUnproved,
    HeadByAnotherKey,
    HeadForged,
    HeadMissing,
    HeadOfAnotherBoard,
    HeadsOutOfOrder,
    KeptHeadContradicted,
)

# An entry takes 67 bytes; many more commas than entries would only fill the memory.
_FEWEST_BYTES_FOR_A_COMMA = 32
KEPT_HEADS = "kept heads"


@dataclass(frozen=True)
class Signed:
    """A head whose signature has been checked, with the proof of growth beside it."""

    head: TreeHead
    consistency: tuple[bytes, ...]


@dataclass(frozen=True)
class Found:
    """How many entries and heads fit together, how many the reader had kept, changes of key."""

    entries: int
    heads: int
    kept: int
    changed: tuple[Changed, ...]


def check(files: Files, place: Place, kept: Sequence[Any] = ()) -> Found:
    """Hold a pot's board against its heads, and those the reader kept; raises a BundleRefused."""
    entries, root = _entries(files, place)
    heads, keys = _heads(files, place)
    with reading.shaped(KEPT_HEADS):
        of_reader = [_kept(one, number, place, keys) for number, one in enumerate(kept, start=1)]
    _check_order(heads, place)
    keys.check_pins([one.head for one in heads])
    sizes = {one.head.size for one in (*heads, *of_reader)}
    roots = _roots_at(entries, {len(entries)} | sizes)
    for number, one in enumerate(heads, start=1):
        if roots.get(one.head.size) != one.head.root:
            raise BoardRewritten(number=number, pot=place.pot)
    if any(roots.get(one.head.size) != one.head.root for one in of_reader):
        raise KeptHeadContradicted(pot=place.pot)
    if heads[-1].head.size != len(entries):
        raise BoardUnsigned(pot=place.pot)
    if roots[len(entries)] != root:
        raise BoardRootDiffers(pot=place.pot)
    return Found(len(entries), len(heads), len(of_reader), keys.changed)


def _entries(files: Files, place: Place) -> tuple[list[bytes], bytes]:
    name = layout.of_pot(place.number, layout.BOARD)
    content = files.content(name)
    if content.count(b",") * _FEWEST_BYTES_FOR_A_COMMA > len(content) + layout.MEBIBYTE:
        raise FileUnreadable(file=name)
    spelled = files.record(name, pot=str, root=str, entries=list)
    with reading.shaped(name):
        if spelled["pot"] != place.pot:
            raise ValueError("another pot's board")
        entries = [reading.digest(one) for one in spelled["entries"]]
        root = reading.digest(spelled["root"])
    if len(set(entries)) != len(entries):
        raise EntryTwice(pot=place.pot)
    return entries, root


def _heads(files: Files, place: Place) -> tuple[list[Signed], Keys]:
    name = layout.of_pot(place.number, layout.HEADS)
    spelled = files.record_with(name, {"key_changes": list}, pot=str, heads=list)
    with reading.shaped(name):
        if spelled["pot"] != place.pot:
            raise ValueError("another pot's heads")
        keys = Keys(spelled.get("key_changes", ()), place)
        heads = [
            _signed(one, number, place, keys.of_head(number))
            for number, one in enumerate(spelled["heads"], 1)
        ]
    if not heads:
        raise HeadMissing(pot=place.pot)
    return heads, keys


def _kept(spelled: Any, number: int, place: Place, keys: Keys) -> Signed:
    """A head that the reader kept may be under any of the house's keys, so far as it goes."""
    key = keys.of_kept(reading.digest(spelled["key"]), number)
    signed = _signed(spelled, number, place, key)
    keys.check_kept(signed.head, key)
    return signed


def _signed(spelled: Any, number: int, place: Place, key: bytes) -> Signed:
    fields = reading.record(spelled, head=dict, key=str, signature=str, consistency=list)
    if reading.digest(fields["key"]) != key:
        raise HeadByAnotherKey(number=number, pot=place.pot)
    try:
        head = signed_heads.verify(
            canonical.encode(fields["head"]), reading.digest(fields["signature"], 64), key
        )
    except signed_heads.HeadForged:
        raise HeadForged(number=number, pot=place.pot) from None
    if (head.budget_round, head.pot) != (place.fingerprint, place.pot):
        raise HeadOfAnotherBoard(number=number, pot=place.pot)
    return Signed(head, tuple(reading.digest(one) for one in fields["consistency"]))


def _check_order(heads: Sequence[Signed], place: Place) -> None:
    """Each head comes after the one before, and its proof leads from there to here."""
    for number, (earlier, later) in enumerate(pairwise(heads), start=2):
        old, new = earlier.head, later.head
        if new.size < old.size or new.time < old.time:
            raise HeadsOutOfOrder(number=number, pot=place.pot)
        try:
            board_proofs.check_consistency(
                old.size, old.root, new.size, new.root, list(later.consistency)
            )
        except board_proofs.BoardRewritten:
            raise GrowthUnproved(number=number, pot=place.pot) from None


def _roots_at(entries: Sequence[bytes], sizes: set[int]) -> dict[int, bytes]:
    """Return the board's root at each of these sizes, as far as the board goes."""
    edge = CompactRange()
    roots: dict[int, bytes] = {}
    for size in sorted(size for size in sizes if 0 <= size <= len(entries)):
        edge = edge.extend(board.leaf_hash(one) for one in entries[edge.size : size])
        roots[size] = edge.root()
    return roots
