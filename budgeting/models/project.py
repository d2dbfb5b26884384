"""An approved proposal with its final cost, as it stands on the ballot."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.base import Base
from budgeting.models.budget_round import Area, Pot
from budgeting.models.proposal import Proposal


class Project(Base):
    """One line of the ballot; fixed from the moment the projects are published."""

    __tablename__ = "project"
    __table_args__ = (
        UniqueConstraint("round_id", "ballot_id"),
        CheckConstraint("cost_oere > 0", name="has_cost"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"), index=True)
    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), unique=True)
    ballot_id: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    cost_oere: Mapped[int] = mapped_column(BigInteger)

    pot: Mapped[Pot] = relationship()
    area: Mapped[Area | None] = relationship()
    proposal: Mapped[Proposal | None] = relationship()
