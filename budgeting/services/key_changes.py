"""A new key for the boards, where the old one is lost: noted under every board, for all to see.

Each pot that has a head gets a note that pins its last one, and at once a head under the new key
over all of its board, proved to grow from that last one. A board that does not fit gets neither.
See docs/decisions/0017-a-lost-board-key-is-replaced-in-the-open.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting import canonical
from budgeting.ballotbox import key_changes
from budgeting.models import Account, BallotBox, KeyChange, Pot, TreeHead
from budgeting.refusals import Refusal
from budgeting.rulebook import deeds
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, board_heads, board_key, boards, transaction
from budgeting.services.board_heads import BoardAltered
from budgeting.vocabulary import N_


class TwoPeopleNeeded(Refusal):
    """One person alone does not change whose word counts."""

    message = N_("To forskellige medarbejdere skal stå bag skiftet af nøgle.")


class NothingToReplace(Refusal):
    """No board was last signed with the key that is to go."""

    message = N_("Ingen liste er senest skrevet under med den nøgle. Der er ikke skiftet noget.")


@dataclass(frozen=True)
class Replaced:
    """The new key, the pots noted under it, and those that do not fit and are left as they are."""

    new_key: bytes
    pots: tuple[str, ...]
    left: tuple[str, ...]


def replace(*, by: Account, other: Account, old_key: bytes, now: datetime) -> Replaced:
    """Note under every board that was last signed with the old key that a new one signs it now.

    The new key lies safe before anything is signed with it: done again, it is used again.
    """
    _refuse_unless_two(by, other)
    with transaction.deed() as session:
        if next(_signed_with(session, old_key), None) is None:
            raise NothingToReplace()
    board_key.renew(old_key)
    done: dict[Pot, bool] = {}
    with transaction.deed() as session:
        for box, head in list(_signed_with(session, old_key)):
            done[session.get_one(Pot, box.pot_id)] = _replace(session, box, head, now)
        for budget_round in dict.fromkeys(pot.budget_round for pot, fits in done.items() if fits):
            audit.record(
                session,
                Deed.REPLACE_BOARD_KEY,
                by=by,
                now=now,
                budget_round=budget_round,
                account=other.id,
                old_key=old_key.hex(),
                new_key=board_key.verifying_key().hex(),
            )
        return Replaced(
            board_key.verifying_key(),
            tuple(pot.name for pot, fits in done.items() if fits),
            tuple(pot.name for pot, fits in done.items() if not fits),
        )


def _refuse_unless_two(by: Account, other: Account) -> None:
    for person in (by, other):
        deeds.check(Deed.REPLACE_BOARD_KEY, person.roles, None)
    if by.id == other.id:
        raise TwoPeopleNeeded()


def _signed_with(session: Session, key: bytes) -> Iterator[tuple[BallotBox, TreeHead]]:
    """Yield each box whose last head is said to be signed with this key, in its turn."""
    boxes = select(BallotBox).order_by(BallotBox.pot_id).with_for_update()
    for box in session.scalars(boxes).all():
        head = boards.last_head(session, box.pot_id)
        if head is not None and head.verifying_key == key.hex():
            yield box, head


def _replace(session: Session, box: BallotBox, head: TreeHead, now: datetime) -> bool:
    """Pin the last head and sign the whole board with the new key, unless they do not fit."""
    at = max(now.replace(microsecond=0), head.published_at)
    try:
        with session.begin_nested():
            session.add(_note(head, at))
            session.flush()
            board_heads.publish_last(session, box, at)
    except BoardAltered:
        return False
    return True


def _note(head: TreeHead, at: datetime) -> KeyChange:
    said = canonical.decode(head.head.encode())
    change = key_changes.KeyChange(
        budget_round=said["round"],
        pot=said["pot"],
        number=head.number,
        size=said["size"],
        root=bytes.fromhex(said["root"]),
        old_key=bytes.fromhex(head.verifying_key),
        new_key=board_key.verifying_key(),
        time=at,
    )
    signature = key_changes.sign(change, board_key.signing_key())
    return KeyChange(
        pot_id=head.pot_id,
        number=head.number,
        changed_at=at,
        note=change.to_bytes().decode(),
        signature=signature.hex(),
    )
