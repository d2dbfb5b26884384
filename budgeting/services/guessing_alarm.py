"""The alarm: when codes of very many letters are tried in vain, somebody is guessing."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import AuditEvent, BudgetRound, CodeTry
from budgeting.services import audit, transaction

DEED = "guessing_alarm"
MANY_LETTERS = 100
LOOKED_BACK = timedelta(hours=1)
ONE_ALARM_IN = timedelta(hours=6)
SHOWN_FOR = timedelta(days=1)

log = logging.getLogger(__name__)


def look(budget_round: BudgetRound, now: datetime) -> None:
    """After a wrong code: raise the alarm if it is one of very many, once in six hours."""
    if _letters_tried(db.session(), now) < MANY_LETTERS:
        return
    with transaction.deed() as session:
        if _last(session, budget_round, now - ONE_ALARM_IN) is None:
            tried = _letters_tried(session, now)
            audit.record(
                session, DEED, by=None, now=now, budget_round=budget_round, letters_tried=tried
            )
            log.warning("Codes of %s letters were tried in vain within the hour.", tried)


def raised_lately(budget_round: BudgetRound, now: datetime) -> datetime | None:
    """Return when the alarm was raised within the last day, if it was."""
    return _last(db.session(), budget_round, now - SHOWN_FOR)


def _letters_tried(session: Session, now: datetime) -> int:
    tried = select(func.count()).select_from(CodeTry).where(CodeTry.last_at > now - LOOKED_BACK)
    return session.scalar(tried) or 0


def _last(session: Session, budget_round: BudgetRound, since: datetime) -> datetime | None:
    alarms = (
        select(AuditEvent.at)
        .where(AuditEvent.round_id == budget_round.id, AuditEvent.deed == DEED)
        .where(AuditEvent.at > since)
        .order_by(AuditEvent.number.desc())
    )
    return session.scalars(alarms.limit(1)).first()
