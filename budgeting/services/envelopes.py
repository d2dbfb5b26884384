"""A ballot goes into its envelope, and the envelope into the box and on to the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from budgeting.ballotbox import ballot_coding, board, receipts, sealing
from budgeting.ballotbox.ballot_coding import Choices
from budgeting.models import BallotBox, BoardEntry, Envelope
from budgeting.refusals import Refusal
from budgeting.services import upserts
from budgeting.services.fixed_rounds import FixedRound
from budgeting.vocabulary import N_

TAKE_TURN = (
    select(BallotBox.board_size, BallotBox.sealed_at)
    .where(BallotBox.pot_id == bindparam("pot_id"))
    .with_for_update()
)
ADD_LINE = insert(BoardEntry)
GROW = (
    update(BallotBox)
    .where(BallotBox.pot_id == bindparam("of_pot"))
    .values(board_size=bindparam("size"))
)


class BoxIsSealed(Refusal):
    """The box has been closed for counting."""

    message = N_("Stemmeurnen er lukket. Din stemme blev ikke afleveret.")


@dataclass
class Turn:
    """One's turn at a box: how many lines its board has so far."""

    pot_id: int
    board_size: int


def seal(
    fixed: FixedRound, pot_id: int, choices: Sequence[str], points: Sequence[int] | None = None
) -> bytes:
    """Return the sealed envelope of these choices; only the officers can open it."""
    rulebook, pot = fixed.rulebook, fixed.pots[pot_id]
    chosen = Choices(
        rulebook.ballot.ballot_type, tuple(choices), None if points is None else tuple(points)
    )
    return sealing.seal(
        ballot_coding.encode(chosen),
        fixed.public_keys,
        rulebook.officers_needed,
        pot.context,
        pot.envelope_size,
    )


def box_in_turn(session: Session, pot_id: int) -> Turn:
    """Wait for one's turn at the box; whoever has it, has it until their deed is done.

    The row is the queue: votes come on the board one by one, and sealing waits its turn too.
    """
    session.flush()
    board_size, sealed_at = session.connection().execute(TAKE_TURN, {"pot_id": pot_id}).one()
    if sealed_at is not None:
        raise BoxIsSealed()
    return Turn(pot_id, board_size)


def put_in(session: Session, turn: Turn, *, voter_id: int, sealed: bytes, now: datetime) -> str:
    """Lay an envelope in the box in place of the voter's earlier one; return its receipt.

    Only the minute is kept of the time.
    """
    entry = board.entry_of(sealed)
    receipt = receipts.receipt_of_entry(entry)
    upserts.add_or_replace(
        session,
        Envelope,
        key=("pot_id", "voter_id"),
        pot_id=turn.pot_id,
        voter_id=voter_id,
        sealed=sealed,
        receipt=receipt,
        handed_in_at=now.replace(second=0, microsecond=0),
    )
    line = {"pot_id": turn.pot_id, "position": turn.board_size, "receipt": receipt}
    connection = session.connection()
    connection.execute(ADD_LINE, line | {"entry": entry.hex()})
    turn.board_size += 1
    connection.execute(GROW, {"of_pot": turn.pot_id, "size": turn.board_size})
    return receipt
