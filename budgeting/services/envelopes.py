"""A ballot goes into its envelope, and the envelope into the box and on to the board."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from budgeting.ballotbox import ballot_coding, board, receipts, sealing
from budgeting.ballotbox.ballot_coding import Choices
from budgeting.models import BallotBox, BoardEntry, Envelope
from budgeting.refusals import Refusal
from budgeting.rulebook.rules import Rulebook
from budgeting.services import upserts
from budgeting.services.fixed_pots import FixedPot
from budgeting.vocabulary import N_

GROW = (
    update(BallotBox)
    .where(BallotBox.pot_id == bindparam("of_pot"))
    .values(board_size=bindparam("size"))
)


class BoxIsSealed(Refusal):
    """The box has been closed for counting."""

    message = N_("Stemmeurnen er lukket. Din stemme blev ikke afleveret.")


def seal(
    fixed: FixedPot,
    rulebook: Rulebook,
    choices: Sequence[str],
    points: Sequence[int] | None = None,
) -> bytes:
    """Return the sealed envelope of these choices; only the officers can open it."""
    chosen = Choices(
        rulebook.ballot.ballot_type, tuple(choices), None if points is None else tuple(points)
    )
    return sealing.seal(
        ballot_coding.encode(chosen),
        fixed.public_keys,
        rulebook.officers_needed,
        fixed.context,
        fixed.envelope_size,
    )


def box_in_turn(session: Session, pot_id: int) -> BallotBox:
    """Wait for one's turn at the box; whoever has it, has it until their deed is done.

    The row is the queue: votes come on the board one by one, and sealing waits its turn too.
    """
    box = session.get_one(BallotBox, pot_id, with_for_update=True, populate_existing=True)
    if box.sealed_at is not None:
        raise BoxIsSealed()
    return box


def put_in(session: Session, box: BallotBox, *, voter_id: int, sealed: bytes, now: datetime) -> str:
    """Lay an envelope in the box in place of the voter's earlier one; return its receipt.

    The caller has the box's turn. Only the minute is kept of the time.
    """
    entry = board.entry_of(sealed)
    receipt = receipts.receipt_of_entry(entry)
    upserts.add_or_replace(
        session,
        Envelope,
        key=("pot_id", "voter_id"),
        pot_id=box.pot_id,
        voter_id=voter_id,
        sealed=sealed,
        receipt=receipt,
        handed_in_at=now.replace(second=0, microsecond=0),
    )
    _put_on_the_board(session, box, entry, receipt)
    return receipt


def _put_on_the_board(session: Session, box: BallotBox, entry: bytes, receipt: str) -> None:
    """Add a line at the board's end; plain statements, as others wait for their turn."""
    connection, position = session.connection(), box.board_size
    connection.execute(
        insert(BoardEntry),
        {"pot_id": box.pot_id, "position": position, "entry": entry.hex(), "receipt": receipt},
    )
    connection.execute(GROW, {"of_pot": box.pot_id, "size": position + 1})
    set_committed_value(box, "board_size", position + 1)
