"""The board's growing edge: enough of the tree to add a leaf and know the root, and no more.

For n leaves it holds one hash per set bit in n (17 at most for 100,000 leaves), so a vote
costs about two hashes however many came before. It fits in one row beside the board.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from budgeting.ballotbox.board import EMPTY_ROOT, node_hash

_HASH_LENGTH = 32
_SIZE_LENGTH = 8


class BoardEdgeDamaged(ValueError):
    """The stored bytes are not a board's edge."""


@dataclass(frozen=True)
class CompactRange:
    """A board of `size` leaves; `peaks` are the roots of its full subtrees, largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> "CompactRange":
        """The board with one leaf hash more."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> "CompactRange":
        """The board with these leaf hashes added, in order."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            node, joined = leaf, size
            while joined & 1:
                node = node_hash(peaks.pop(), node)
                joined >>= 1
            peaks.append(node)
            size += 1
        return CompactRange(size, tuple(peaks))

    def root(self) -> bytes:
        """The root over all leaves."""
        if not self.peaks:
            return EMPTY_ROOT
        *others, node = self.peaks
        for peak in reversed(others):
            node = node_hash(peak, node)
        return node

    def to_bytes(self) -> bytes:
        """The edge as bytes to store."""
        return self.size.to_bytes(_SIZE_LENGTH, "big") + b"".join(self.peaks)


def from_bytes(stored: bytes) -> CompactRange:
    """The edge that was stored; raises BoardEdgeDamaged."""
    size = int.from_bytes(stored[:_SIZE_LENGTH], "big")
    if len(stored) != _SIZE_LENGTH + _HASH_LENGTH * size.bit_count():
        raise BoardEdgeDamaged
    starts = range(_SIZE_LENGTH, len(stored), _HASH_LENGTH)
    return CompactRange(size, tuple(stored[start : start + _HASH_LENGTH] for start in starts))
