"""The alarms of a box: a board that is not what it was, or keys that are not those of the rules,
or a board that another key than the house's has signed.

Each stands in the log of deeds, once for each pot. Nothing more is signed for such a board, and
nothing sealed to such keys, until somebody has looked into it.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting import canonical
from budgeting.extensions import db
from budgeting.models import AuditEvent, Pot
from budgeting.services import audit, transaction

DEED = "board_altered"
KEYS_SWAPPED = "keys_swapped"
KEY_UNKNOWN = "board_key_unknown"


def is_raised(session: Session, pot: Pot, deed: str = DEED) -> bool:
    """Whether the log tells of this alarm for the pot."""
    found = (
        select(AuditEvent.number)
        .where(AuditEvent.round_id == pot.round_id)
        .where(AuditEvent.deed == deed)
        .where(AuditEvent.details == canonical.encode({"pot": pot.name}).decode())
    )
    return session.scalars(found).first() is not None


def raise_once(pot_id: int, now: datetime, deed: str = DEED) -> None:
    """Write the alarm in the log unless it stands there."""
    with transaction.deed() as session:
        pot = db.session.get_one(Pot, pot_id)
        if not is_raised(session, pot, deed):
            audit.record(
                session, deed, by=None, now=now, budget_round=pot.budget_round, pot=pot.name
            )
