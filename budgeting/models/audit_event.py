"""The log of deeds: every link carries the hash of the one before."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.account import Account
from budgeting.models.base import Base, UtcDateTime


class AuditEvent(Base):
    """One deed of staff: who, when, what."""

    __tablename__ = "audit_event"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("budget_round.id"), index=True)
    deed: Mapped[str] = mapped_column(String(60))
    details: Mapped[str] = mapped_column(Text)
    link_hash: Mapped[str] = mapped_column(String(64))

    account: Mapped[Account | None] = relationship()
