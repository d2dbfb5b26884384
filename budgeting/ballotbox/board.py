"""The public board: a Merkle tree over every envelope ever cast, as in RFC 6962 and RFC 9162.

An entry is SHA-256 of a sealed ballot. The root is one hash that stands for all entries in
their order. With it anyone checks that an entry is on the board (inclusion) and that a later
board only added to an earlier one (consistency); see board_proofs.py.

    root of [d0]         = SHA-256(0x00 + d0)
    root of [d0, d1]     = SHA-256(0x01 + root [d0] + root [d1])
    root of n entries    = split at the largest power of two below n, and join as above
"""

import hashlib
from collections.abc import Iterable

EMPTY_ROOT = hashlib.sha256(b"").digest()


def entry_of(sealed: bytes) -> bytes:
    """What stands on the board for a sealed ballot."""
    return hashlib.sha256(sealed).digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry (RFC 9162, section 2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash that joins two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree with every full subtree kept, so that roots and proofs are looked up, not rebuilt.

    `_levels[k][i]` is the root of the 2**k leaves from i * 2**k on.
    """

    def __init__(self, leaf_hashes: Iterable[bytes] = ()) -> None:
        """Put the leaf hashes in, first to last."""
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaf_hashes:
            self.append(leaf)

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash at the end."""
        level, node = 0, leaf
        self._levels[0].append(node)
        while len(self._levels[level]) % 2 == 0:
            node = node_hash(self._levels[level][-2], node)
            level += 1
            if level == len(self._levels):
                self._levels.append([])
            self._levels[level].append(node)

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` leaves (default: all)."""
        size = self._checked_size(size)
        return self._root_of(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        """The hashes that lead from a leaf to the root over `size` leaves (RFC 9162, 2.1.3.1)."""
        size = self._checked_size(size)
        if not 0 <= index < size:
            raise IndexError("no such leaf on a board of that size")
        return self._path(index, 0, size)

    def consistency_proof(self, old_size: int, size: int | None = None) -> list[bytes]:
        """The hashes that show the first `old_size` leaves unchanged (RFC 9162, 2.1.4.1)."""
        size = self._checked_size(size)
        if not 0 <= old_size <= size:
            raise IndexError("the older board cannot be the larger one")
        if old_size in (0, size):
            return []
        return self._subproof(old_size, 0, size, is_known=True)

    def _checked_size(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise IndexError("the board has never had that many leaves")
        return size

    def _root_of(self, start: int, end: int) -> bytes:
        width = end - start
        if width & (width - 1) == 0:
            return self._levels[width.bit_length() - 1][start // width]
        middle = start + _split(width)
        return node_hash(self._root_of(start, middle), self._root_of(middle, end))

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self._root_of(middle, end)]
        return [*self._path(index, middle, end), self._root_of(start, middle)]

    def _subproof(self, old_size: int, start: int, end: int, *, is_known: bool) -> list[bytes]:
        """Known: the checker already has the root of this part, for it is the old root."""
        if old_size == end:
            return [] if is_known else [self._root_of(start, end)]
        middle = start + _split(end - start)
        if old_size <= middle:
            left = self._subproof(old_size, start, middle, is_known=is_known)
            return [*left, self._root_of(middle, end)]
        right = self._subproof(old_size, middle, end, is_known=False)
        return [*right, self._root_of(start, middle)]


def _split(width: int) -> int:
    """The largest power of two smaller than the width."""
    return int(1 << ((width - 1).bit_length() - 1))
