"""Signed tree heads: what the house says, at a moment, of each box's board, for anyone to keep.

While a box is open a head is published at intervals, if the board has grown; when it is
sealed it gets its last one. Before a head is made, the whole board is read and held against
the head before: the house never signs a board that has lost or changed an entry.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import Row, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from budgeting import canonical
from budgeting.ballotbox import board, board_proofs, key_changes, signed_heads
from budgeting.extensions import db
from budgeting.models import BallotBox, BoardEntry, KeyChange, Pot, TreeHead
from budgeting.refusals import Refusal
from budgeting.services import board_alarm, board_key, rounds, transaction
from budgeting.vocabulary import N_

log = logging.getLogger(__name__)

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


class BoardAltered(Refusal):
    """The board is not what an earlier head said it was."""

    message = N_(
        "Listen over kuverter i puljen %(pot)s er ændret, siden den sidst blev offentliggjort. "
        "Stop her, og få undersøgt, hvad der er sket. Der er ikke talt noget."
    )


class BoardKeyUnknown(Refusal):
    """The last head is signed with another key than ours, and nobody has said why."""

    message = N_(
        "Den sidste underskrift på listen i puljen %(pot)s er lavet med en anden nøgle end den, "
        "der ligger her. Læg den gamle nøgle tilbage fra sikkerhedskopien. Findes den ikke mere, "
        "skal nøglen skiftes med kommandoen board-key replace. Der er ikke talt noget."
    )


@dataclass(frozen=True)
class _Reading:
    """A board as it was read, held against the head before."""

    size: int
    root: bytes
    number: int
    not_before: datetime | None
    proof: tuple[bytes, ...]


def publish_due(now: datetime) -> int:
    """Publish a head for each open box that has grown since its last one; return how many."""
    published = 0
    for due in _due(now):
        try:
            published += _publish(due.pot_id, due.board_size, now)
        except BoardAltered as altered:
            log.error("%s", altered)
            board_alarm.raise_once(due.pot_id, now)
        except BoardKeyUnknown as unknown:
            log.error("%s", unknown)
            board_alarm.raise_once(due.pot_id, now, board_alarm.KEY_UNKNOWN)
    return published


def publish_last(session: Session, box: BallotBox, now: datetime) -> str:
    """Publish the head of a box that is being sealed; return the board's root in hexadecimal.

    The caller has the box's turn and commits. Raises BoardAltered or BoardKeyUnknown.
    """
    pot = session.get_one(Pot, box.pot_id)
    reading = _read(session, pot, box.board_size)
    session.add(_head(session, pot, reading, now))
    return reading.root.hex()


def _due(now: datetime) -> Sequence[Row[int, int]]:
    """Return (pot id, size) of the boxes whose board has outgrown a head that is old enough."""
    young = now - timedelta(minutes=current_app.config["BOARD_HEAD_MINUTES"])
    last = (
        select(
            TreeHead.pot_id,
            func.max(TreeHead.size).label("size"),
            func.max(TreeHead.published_at).label("at"),
        )
        .group_by(TreeHead.pot_id)
        .subquery()
    )
    found = (
        select(BallotBox.pot_id, BallotBox.board_size)
        .outerjoin(last, last.c.pot_id == BallotBox.pot_id)
        .where(BallotBox.sealed_at.is_(None))
        .where(BallotBox.board_size > func.coalesce(last.c.size, 0))
        .where((last.c.at.is_(None)) | (last.c.at <= young))
        .order_by(BallotBox.pot_id)
    )
    try:
        return db.session.execute(found).all()
    finally:
        db.session.rollback()


def _publish(pot_id: int, size: int, now: datetime) -> int:
    """Read the board without holding up any voter, then publish unless another job came first."""
    session: Session = db.session()
    try:
        pot = session.get(Pot, pot_id)
        if pot is None or board_alarm.is_raised(session, pot):
            return 0
        reading = _read(session, pot, size)
    finally:
        session.rollback()
    try:
        with transaction.deed() as session:
            box = session.get(BallotBox, pot_id, with_for_update=True)
            if box is None or box.sealed_at is not None:
                return 0
            if _last_number(session, pot_id) != reading.number - 1:
                return 0
            session.add(_head(session, session.get_one(Pot, pot_id), reading, now))
    except IntegrityError:
        return 0
    return 1


def _read(session: Session, pot: Pot, size: int) -> _Reading:
    """Read the first entries of a board and prove that they only add to the head before."""
    entries = session.scalars(
        select(BoardEntry.entry)
        .where(BoardEntry.pot_id == pot.id)
        .where(BoardEntry.position < size)
        .order_by(BoardEntry.position)
    )
    tree = board.Tree(board.leaf_hash(bytes.fromhex(entry)) for entry in entries)
    previous = session.get(TreeHead, (pot.id, _last_number(session, pot.id)))
    try:
        proof = _proof_of_growth(tree, size, _said_by(session, pot, previous))
    except (board_proofs.BoardRewritten, signed_heads.HeadForged, key_changes.ChangeForged):
        raise BoardAltered(pot=pot.name) from None
    return _Reading(
        size=size,
        root=tree.root(),
        number=(previous.number if previous else 0) + 1,
        not_before=previous.published_at if previous else None,
        proof=tuple(proof),
    )


def _proof_of_growth(tree: board.Tree, size: int, before: tuple[int, bytes]) -> list[bytes]:
    """Return the hashes that lead from the head before to the board as it was read."""
    old_size, old_root = before
    if tree.size != size or old_size > size:
        raise board_proofs.BoardRewritten
    proof = tree.consistency_proof(old_size)
    board_proofs.check_consistency(old_size, old_root, size, tree.root(), proof)
    return proof


def _said_by(session: Session, pot: Pot, head: TreeHead | None) -> tuple[int, bytes]:
    """Return size and root of a head; only the house's own key counts, not what the row says."""
    if head is None:
        return 0, board.EMPTY_ROOT
    key = _key_of(session, head)
    if head.verifying_key != key.hex():
        raise BoardKeyUnknown(pot=pot.name)
    signed = signed_heads.verify(head.head.encode(), bytes.fromhex(head.signature), key)
    return signed.size, signed.root


def _key_of(session: Session, head: TreeHead) -> bytes:
    """Return the house's key, or the one it has said itself was lost after this very head."""
    ours = board_key.verifying_key()
    kept = session.get(KeyChange, (head.pot_id, head.number))
    if kept is None:
        return ours
    change = key_changes.verify(kept.note.encode(), bytes.fromhex(kept.signature))
    said = canonical.decode(head.head.encode())
    pinned = (change.budget_round, change.pot, change.size, change.root.hex())
    is_this = pinned == tuple(said[name] for name in ("round", "pot", "size", "root"))
    if change.new_key != ours or change.number != head.number or not is_this:
        raise key_changes.ChangeForged
    return change.old_key


def _head(session: Session, pot: Pot, reading: _Reading, now: datetime) -> TreeHead:
    """Sign what was read; a clock that was set back never makes a head older than the last."""
    at = max(now.replace(microsecond=0), reading.not_before or _EARLIEST)
    head = signed_heads.TreeHead(
        budget_round=rounds.frozen_version(session, pot.budget_round).fingerprint,
        pot=pot.name,
        size=reading.size,
        root=reading.root,
        time=at,
    )
    key = board_key.signing_key()
    return TreeHead(
        pot_id=pot.id,
        number=reading.number,
        size=reading.size,
        published_at=at,
        head=head.to_bytes().decode(),
        signature=signed_heads.sign(head, key).hex(),
        verifying_key=signed_heads.verifying_key_of(key).hex(),
        consistency=[one.hex() for one in reading.proof],
    )


def _last_number(session: Session, pot_id: int) -> int:
    newest = select(func.max(TreeHead.number)).where(TreeHead.pot_id == pot_id)
    return session.scalar(newest) or 0
