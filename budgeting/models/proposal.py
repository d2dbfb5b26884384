"""What a citizen writes, and the municipality's answer to it."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.account import Account
from budgeting.models.base import Base, Choice, UtcDateTime
from budgeting.models.budget_round import Area, BudgetRound, Pot
from budgeting.vocabulary import ScreeningOutcome


class Proposal(Base):
    """An idea with an amount, a pot and a place."""

    __tablename__ = "proposal"
    __table_args__ = (CheckConstraint("amount_oere > 0", name="asks_for_money"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    title: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    amount_oere: Mapped[int] = mapped_column(BigInteger)
    least_oere: Mapped[int | None] = mapped_column(BigInteger)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    form_nonce: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    budget_round: Mapped[BudgetRound] = relationship()
    author: Mapped[Account] = relationship()
    pot: Mapped[Pot] = relationship()
    area: Mapped[Area | None] = relationship()
    screening: Mapped["Screening | None"] = relationship(back_populates="proposal")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_withdrawn(self) -> bool:
        """Whether its author has taken it back."""
        return self.withdrawn_at is not None


class Screening(Base):
    """The caseworker's answer: approved with a cost, or rejected with a reason."""

    __tablename__ = "screening"
    __table_args__ = (
        CheckConstraint("outcome != 'approved' or cost_oere > 0", name="approved_has_cost"),
        CheckConstraint("outcome != 'rejected' or reason != ''", name="rejected_has_reason"),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[ScreeningOutcome] = mapped_column(Choice(ScreeningOutcome))
    cost_oere: Mapped[int | None] = mapped_column(BigInteger)
    least_oere: Mapped[int | None] = mapped_column(BigInteger)
    categories: Mapped[list[str]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    proposal: Mapped[Proposal] = relationship(back_populates="screening")
    caseworker: Mapped[Account] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_approval(self) -> bool:
        """Whether the proposal goes on to the ballot."""
        return self.outcome is ScreeningOutcome.APPROVED
