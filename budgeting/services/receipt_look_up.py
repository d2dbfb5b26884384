"""Is my vote in the box? The board is asked, and it knows of envelopes, never of voters.

The board keeps every envelope ever cast, also those that a later one has replaced. The
answer is the same for both: otherwise whoever holds a receipt could see that its voter has
voted again, and a vote given under pressure could not be taken back unseen.
"""

from sqlalchemy import exists, select

from budgeting.ballotbox import receipts
from budgeting.extensions import db
from budgeting.models import BoardEntry, BudgetRound, Pot


def is_on_board(receipt_text: str, budget_round: BudgetRound) -> bool:
    """Whether an envelope with this receipt was laid in one of the round's boxes.

    Raises a ReceiptRefused where what was typed cannot be a receipt.
    """
    receipt = receipts.parse(receipt_text)
    entry = (
        exists(BoardEntry.pot_id)
        .where(BoardEntry.receipt == receipt)
        .where(BoardEntry.pot_id == Pot.id)
        .where(Pot.round_id == budget_round.id)
    )
    return bool(db.session.scalar(select(entry)))
