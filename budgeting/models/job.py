"""Work that takes longer than a page may: its order, how far it is, and what came of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.base import Base, Choice, UtcDateTime
from budgeting.models.budget_round import BudgetRound
from budgeting.vocabulary import JobKind, JobState


class Job(Base):
    """One piece of work; ``due_at`` moves ahead while a worker is at it, so none is taken twice.

    ``content`` is an uploaded file, sealed with the house's own key and gone when the work is
    done. ``public_key`` belongs to a download that only the admin's browser can open.
    """

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[JobKind] = mapped_column(Choice(JobKind))
    state: Mapped[JobState] = mapped_column(Choice(JobState))
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    order: Mapped[str] = mapped_column(Text, default="{}")
    result: Mapped[str] = mapped_column(Text, default="{}")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    report: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    budget_round: Mapped[BudgetRound] = relationship()


class SealedLetters(Base):
    """Some letters' codes, sealed to the one-time key of the download they belong to."""

    __tablename__ = "sealed_letters"

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
