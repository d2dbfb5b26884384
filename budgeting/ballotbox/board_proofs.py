"""Checking the board from outside: what a citizen's own program does with a proof.

Both checks follow RFC 9162, sections 2.1.3.2 and 2.1.4.2, step by step; `fn` and `sn` are
the RFC's names for the places of the node followed and of the last node on its level.
"""

import hmac

from budgeting.ballotbox.board import EMPTY_ROOT, node_hash
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_


class BoardRefused(Refusal):
    """A proof about the board does not hold."""

    message = N_("Beviset for tavlen holder ikke.")


class NotOnBoard(BoardRefused):
    """The proof does not lead from the entry to the root."""

    message = N_("Beviset viser ikke, at kuverten står på tavlen.")


class BoardRewritten(BoardRefused):
    """The proof does not show that the later board only added to the earlier one."""

    message = N_("Beviset viser ikke, at den tidligere tavle er uændret.")


def check_inclusion(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> None:
    """Raise NotOnBoard unless the leaf hash stands at `index` on the board with this root."""
    if not 0 <= index < size:
        raise NotOnBoard
    fn, sn, reached = index, size - 1, leaf
    for step in proof:
        if sn == 0:
            raise NotOnBoard
        if fn & 1 or fn == sn:
            reached = node_hash(step, reached)
            fn, sn = _up_to_a_right_child(fn, sn)
        else:
            reached = node_hash(reached, step)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0 or not hmac.compare_digest(reached, root):
        raise NotOnBoard


def check_consistency(
    old_size: int, old_root: bytes, size: int, root: bytes, proof: list[bytes]
) -> None:
    """Raise BoardRewritten unless the old board is the beginning of the new one."""
    if not 0 <= old_size <= size:
        raise BoardRewritten
    if old_size == 0 or old_size == size:
        _check_trivially(old_size, old_root, root, proof)
        return
    steps = [old_root, *proof] if _is_power_of_two(old_size) else proof
    if not steps:
        raise BoardRewritten
    old_reached, reached = _climb(old_size, size, steps)
    if not hmac.compare_digest(old_reached, old_root) or not hmac.compare_digest(reached, root):
        raise BoardRewritten


def _check_trivially(old_size: int, old_root: bytes, root: bytes, proof: list[bytes]) -> None:
    expected = root if old_size else EMPTY_ROOT
    if proof or not hmac.compare_digest(old_root, expected):
        raise BoardRewritten


def _climb(old_size: int, size: int, steps: list[bytes]) -> tuple[bytes, bytes]:
    fn, sn = old_size - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old_reached = reached = steps[0]
    for step in steps[1:]:
        if sn == 0:
            raise BoardRewritten
        if fn & 1 or fn == sn:
            old_reached, reached = node_hash(step, old_reached), node_hash(step, reached)
            fn, sn = _up_to_a_right_child(fn, sn)
        else:
            reached = node_hash(reached, step)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0:
        raise BoardRewritten
    return old_reached, reached


def _up_to_a_right_child(fn: int, sn: int) -> tuple[int, int]:
    while fn and not fn & 1:
        fn, sn = fn >> 1, sn >> 1
    return fn, sn


def _is_power_of_two(number: int) -> bool:
    return number & (number - 1) == 0
