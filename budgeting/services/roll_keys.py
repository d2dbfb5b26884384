"""The secret key of a round's pseudonyms, made when it is first needed."""

from sqlalchemy.orm import Session

from budgeting.ballotbox import roll_pseudonyms
from budgeting.models import BudgetRound, RollKey
from budgeting.services import upserts


def made(session: Session, budget_round: BudgetRound) -> bytes:
    """Return the round's key; whoever makes it first, all use the same one."""
    upserts.add_unless_there(
        session,
        RollKey,
        round_id=budget_round.id,
        secret=roll_pseudonyms.make_round_key(),
        hides_numbers=False,
        last_number=0,
    )
    return session.get_one(RollKey, budget_round.id, populate_existing=True).secret
