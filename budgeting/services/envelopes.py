"""A ballot goes into its envelope, and the envelope into the box and on to the board."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from budgeting.ballotbox import ballot_coding, board, receipts, sealing
from budgeting.ballotbox.ballot_coding import Choices
from budgeting.models import BallotBox, BoardEntry, Envelope, Pot
from budgeting.refusals import Refusal
from budgeting.rulebook.rules import Rulebook
from budgeting.services import boxes, upserts
from budgeting.vocabulary import N_


class BoxIsSealed(Refusal):
    """The box has been closed for counting."""

    message = N_("Stemmeurnen er lukket. Din stemme blev ikke afleveret.")


def seal(session: Session, pot: Pot, rulebook: Rulebook, choices: Sequence[str]) -> bytes:
    """Return the sealed envelope of these choices; only the officers can open it."""
    keys = boxes.officer_keys(session, pot.budget_round)
    return sealing.seal(
        ballot_coding.encode(Choices(rulebook.ballot.ballot_type, tuple(choices))),
        [key.public_key for key in keys],
        rulebook.officers_needed,
        boxes.context_of(session, pot),
        session.get_one(BallotBox, pot.id).envelope_size,
    )


def box_in_turn(session: Session, pot: Pot) -> BallotBox:
    """Wait for one's turn at the box; whoever has it, has it until their deed is done.

    The row is the queue: votes come on the board one by one, and sealing waits its turn too.
    """
    box = session.get_one(BallotBox, pot.id, with_for_update=True, populate_existing=True)
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
    session.add(
        BoardEntry(pot_id=box.pot_id, position=box.board_size, entry=entry.hex(), receipt=receipt)
    )
    box.board_size += 1
    return receipt
