"""The log of deeds as it is read: newest first, narrowed by round, person, deed and days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from budgeting.models import Account, AuditEvent, BudgetRound
from budgeting.timezone import COPENHAGEN

ON_A_PAGE = 50
THE_PLATFORM = 0


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What is asked for; None asks for everything. Days are Danish, both included.

    ``account_id`` THE_PLATFORM asks for what nobody signed in did.
    """

    round_id: int | None = None
    account_id: int | None = None
    deed: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class LogPage:
    """One page of the log."""

    events: Sequence[AuditEvent]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty log has one."""
        return max(1, -(-self.total // ON_A_PAGE))


def page_of(session: Session, narrowing: Narrowing, page: int) -> LogPage:
    """Return a page of the log, from 1; one beyond the last is the last."""
    wanted = _narrowed(narrowing)
    total = session.scalar(wanted.with_only_columns(func.count(AuditEvent.number))) or 0
    last = max(1, -(-total // ON_A_PAGE))
    page = min(max(page, 1), last)
    return LogPage(
        _all(session, wanted.limit(ON_A_PAGE).offset((page - 1) * ON_A_PAGE)), total, page
    )


def everything(session: Session, narrowing: Narrowing) -> Sequence[AuditEvent]:
    """Return all that is asked for, newest first."""
    return _all(session, _narrowed(narrowing))


def rounds_in_log(session: Session) -> dict[int, str]:
    """Return the title of each round that something has been done to, by id."""
    found = select(BudgetRound.id, BudgetRound.title).where(
        BudgetRound.id.in_(select(AuditEvent.round_id))
    )
    return {row.id: row.title for row in session.execute(found)}


def people_in_log(session: Session) -> dict[int, str]:
    """Return the name of each person who has done something, by id."""
    found = select(Account.id, Account.name).where(Account.id.in_(select(AuditEvent.account_id)))
    return {row.id: row.name for row in session.execute(found)}


def deeds_in_log(session: Session) -> Sequence[str]:
    """Return the names of the deeds that have been done."""
    return session.scalars(select(AuditEvent.deed).distinct()).all()


def _all(session: Session, wanted: Select[Any]) -> Sequence[AuditEvent]:
    newest_first = wanted.order_by(AuditEvent.number.desc())
    return session.scalars(newest_first.options(joinedload(AuditEvent.account))).all()


def _narrowed(narrowing: Narrowing) -> Select[Any]:
    wanted: Select[Any] = select(AuditEvent)
    if narrowing.round_id is not None:
        wanted = wanted.where(AuditEvent.round_id == narrowing.round_id)
    if narrowing.account_id is not None:
        by = narrowing.account_id
        is_by = (
            AuditEvent.account_id.is_(None) if by == THE_PLATFORM else AuditEvent.account_id == by
        )
        wanted = wanted.where(is_by)
    if narrowing.deed is not None:
        wanted = wanted.where(AuditEvent.deed == narrowing.deed)
    if narrowing.since is not None:
        wanted = wanted.where(AuditEvent.at >= _midnight(narrowing.since))
    if narrowing.until is not None and narrowing.until < date.max:
        wanted = wanted.where(AuditEvent.at < _midnight(narrowing.until + timedelta(days=1)))
    return wanted


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN)
