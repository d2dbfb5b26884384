"""Looks at the boards: their signed heads, and once a box is sealed every entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting import canonical
from budgeting.ballotbox import board, receipts
from budgeting.extensions import db
from budgeting.models import BallotBox, BoardEntry, BudgetRound, KeyChange, Pot, TreeHead
from budgeting.refusals import Refusal
from budgeting.services import board_key, boxes, rounds
from budgeting.vocabulary import N_

HEADS_FORMAT = "borgerbudget-heads-1"


class BoardUnlikeHead(Refusal):
    """The entries are not those that were signed for."""

    message = N_("Listen passer ikke til den sidste underskrift. Sig det til kommunen.")


@dataclass(frozen=True)
class Board:
    """One pot's board, as it stands under its newest head, if one has been published.

    Heads are numbered from 1, so the newest one's number is how many there are.
    """

    pot: Pot
    box: BallotBox
    last: TreeHead | None

    @property
    def is_sealed(self) -> bool:
        """Whether nothing can be added any more, so that all of it is public."""
        return self.box.sealed_at is not None

    @property
    def root(self) -> str:
        """The root the newest head speaks of, in hexadecimal; empty where there is none."""
        return str(canonical.decode(self.last.head.encode())["root"]) if self.last else ""


@dataclass(frozen=True)
class KeyChanged:
    """A change of the house's key, for people to read: which head was each pot's last before."""

    at: datetime
    old_key: str
    new_key: str
    last_heads: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Place:
    """Where an envelope stands on a board, and the way from it to the newest head's root."""

    board: Board
    position: int
    entry: str
    proof: tuple[str, ...]

    @property
    def is_under_head(self) -> bool:
        """Whether the newest head covers it yet; the next one will."""
        return self.board.last is not None and self.position < self.board.last.size


def boards_of(session: Session, budget_round: BudgetRound) -> list[Board]:
    """Return the boards of the round's pots, in the pots' order."""
    return [
        Board(session.get_one(Pot, box.pot_id), box, last_head(session, box.pot_id))
        for box in boxes.boxes_of(session, budget_round)
    ]


def find_board(session: Session, budget_round: BudgetRound, pot_id: int) -> Board | None:
    """Return the board of one of the round's pots."""
    found = (one for one in boards_of(session, budget_round) if one.pot.id == pot_id)
    return next(found, None)


def heads_of(session: Session, pot_id: int) -> Sequence[TreeHead]:
    """Return a pot's heads, oldest first."""
    return session.scalars(
        select(TreeHead).where(TreeHead.pot_id == pot_id).order_by(TreeHead.number)
    ).all()


def entries_of(session: Session, pot_id: int, size: int) -> Sequence[str]:
    """Return the first entries of a board, in hexadecimal."""
    return session.scalars(
        select(BoardEntry.entry)
        .where(BoardEntry.pot_id == pot_id)
        .where(BoardEntry.position < size)
        .order_by(BoardEntry.position)
    ).all()


def find_place(session: Session, budget_round: BudgetRound, receipt_text: str) -> Place | None:
    """Return where the envelope with this receipt stands; raises a ReceiptRefused.

    A replaced envelope has its place too: nobody sees from this who has voted again.
    """
    receipt = receipts.parse(receipt_text)
    entry = session.scalars(
        select(BoardEntry)
        .join(Pot, Pot.id == BoardEntry.pot_id)
        .where(Pot.round_id == budget_round.id)
        .where(BoardEntry.receipt == receipt)
    ).first()
    if entry is None:
        return None
    found = find_board(session, budget_round, entry.pot_id)
    assert found is not None
    proof = _proof(found, entry.position)
    return Place(found, entry.position, entry.entry, proof)


def changes_of(session: Session, pot_id: int) -> Sequence[KeyChange]:
    """Return the notes that the key of a pot's heads was changed, oldest first."""
    found = select(KeyChange).where(KeyChange.pot_id == pot_id).order_by(KeyChange.number)
    return session.scalars(found).all()


def key_changes_of(session: Session, budget_round: BudgetRound) -> list[KeyChanged]:
    """Return the changes of key in the round's pots, oldest first, told together."""
    pots: dict[tuple[str, str], list[tuple[datetime, str, int]]] = {}
    changes = select(KeyChange).join(Pot, Pot.id == KeyChange.pot_id).order_by(KeyChange.pot_id)
    for one in session.scalars(changes.where(Pot.round_id == budget_round.id)):
        said = canonical.decode(one.note.encode())
        keys = (said["old_key"], said["new_key"])
        pots.setdefault(keys, []).append((one.changed_at, said["pot"], one.number))
    return [
        KeyChanged(min(told)[0], *keys, tuple((pot, number) for _, pot, number in told))
        for keys, told in sorted(pots.items(), key=lambda item: min(item[1]))
    ]


def signed_as_plain(session: Session, pot_id: int) -> dict[str, Any]:
    """Return all that is signed of a pot's board; changes of key only where there were any."""
    changes = [
        {"change": canonical.decode(one.note.encode()), "signature": one.signature}
        for one in changes_of(session, pot_id)
    ]
    noted = {"key_changes": changes} if changes else {}
    return {"heads": heads_as_plain(heads_of(session, pot_id)), **noted}


def heads_as_plain(heads: Sequence[TreeHead]) -> list[dict[str, Any]]:
    """Return heads as they are published: what was signed, by which key, and what was before."""
    return [
        {
            "head": canonical.decode(one.head.encode()),
            "key": one.verifying_key,
            "signature": one.signature,
            "consistency": one.consistency,
        }
        for one in heads
    ]


def heads_as_json(session: Session, budget_round: BudgetRound) -> bytes:
    """Return everything that is signed of a round so far, for anyone to keep."""
    return canonical.encode(
        {
            "format": HEADS_FORMAT,
            "round": budget_round.slug,
            "rulebook": rounds.frozen_version(session, budget_round).fingerprint,
            "key": board_key.verifying_key().hex(),
            "pots": [
                {
                    "pot": one.pot.name,
                    "is_sealed": one.is_sealed,
                    **signed_as_plain(session, one.pot.id),
                }
                for one in boards_of(session, budget_round)
            ],
        }
    )


def as_json(session: Session, found: Board) -> bytes:
    """Return the whole board of a sealed box in canonical JSON."""
    return canonical.encode(
        {
            "pot": found.pot.name,
            "root": found.box.board_root,
            "entries": list(entries_of(session, found.pot.id, found.box.board_size)),
        }
    )


def last_head(session: Session, pot_id: int) -> TreeHead | None:
    """Return a pot's newest head."""
    newest = select(TreeHead).where(TreeHead.pot_id == pot_id).order_by(TreeHead.number.desc())
    return session.scalars(newest.limit(1)).first()


def _proof(found: Board, position: int) -> tuple[str, ...]:
    if found.last is None or position >= found.last.size:
        return ()
    tree = _tree(found.pot.id, found.last.size, found.root)
    return tuple(one.hex() for one in tree.inclusion_proof(position))


@lru_cache(maxsize=1)
def _tree(pot_id: int, size: int, root: str) -> board.Tree:
    """Return the tree under a head; kept until another is asked for, as it takes a while to grow.

    The root is part of the question, so that no other board ever gives the answer.
    """
    entries = entries_of(db.session(), pot_id, size)
    tree = board.Tree(board.leaf_hash(bytes.fromhex(one)) for one in entries)
    if tree.root().hex() != root:
        raise BoardUnlikeHead()
    return tree
