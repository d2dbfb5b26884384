"""The alarm: a board that is not what it was stands in the log of deeds, once for each pot.

Nothing more is signed for such a pot until somebody has looked into it.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting import canonical
from budgeting.extensions import db
from budgeting.models import AuditEvent, Pot
from budgeting.services import audit, transaction

DEED = "board_altered"


def is_raised(session: Session, pot: Pot) -> bool:
    """Whether the log tells that the pot's board has been altered."""
    found = (
        select(AuditEvent.number)
        .where(AuditEvent.round_id == pot.round_id)
        .where(AuditEvent.deed == DEED)
        .where(AuditEvent.details == canonical.encode({"pot": pot.name}).decode())
    )
    return session.scalars(found).first() is not None


def raise_once(pot_id: int, now: datetime) -> None:
    """Write the alarm in the log unless it stands there."""
    with transaction.deed() as session:
        pot = db.session.get_one(Pot, pot_id)
        if not is_raised(session, pot):
            audit.record(
                session, DEED, by=None, now=now, budget_round=pot.budget_round, pot=pot.name
            )
