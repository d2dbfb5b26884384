"""The log of deeds: written in the deed's own transaction, each link bound to the last."""

from datetime import UTC, datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from budgeting import canonical
from budgeting.ballotbox import audit_chain
from budgeting.models import Account, AuditEvent, BudgetRound
from budgeting.rulebook.deeds import Deed

FIRST_HASH = "0" * 64
LOG_LOCK = 7_265_120


def record(
    session: Session,
    deed: Deed | str,
    *,
    by: Account | None,
    now: datetime,
    budget_round: BudgetRound | None = None,
    **details: str | int | None,
) -> None:
    """Add a deed to the log; details are plain words and numbers, never a secret or a vote."""
    _take_the_pen(session)
    last = session.get(AuditEvent, session.scalar(select(func.max(AuditEvent.number))) or 0)
    event = AuditEvent(
        number=last.number + 1 if last else 1,
        at=now.astimezone(UTC),
        account_id=by.id if by else None,
        round_id=budget_round.id if budget_round else None,
        deed=str(deed),
        details=canonical.encode(details).decode(),
    )
    previous = last.link_hash if last else FIRST_HASH
    event.link_hash = audit_chain.link(bytes.fromhex(previous), canonical_event(event)).hex()
    session.add(event)


def canonical_event(event: AuditEvent) -> bytes:
    """Return the bytes of an event that its link is made over."""
    return canonical.encode(
        {
            "number": event.number,
            "at": event.at.isoformat(),
            "account": event.account_id,
            "round": event.round_id,
            "deed": event.deed,
            "details": event.details,
        }
    )


def _take_the_pen(session: Session) -> None:
    """Let one writer at a time add to the chain; SQLite has only one writer anyway."""
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOG_LOCK})
