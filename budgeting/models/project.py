"""An approved proposal with its final cost, as it stands on the ballot."""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.base import Base
from budgeting.models.budget_round import Area, Pot
from budgeting.models.proposal import Proposal


class Project(Base):
    """One line of the ballot; fixed from the moment the projects are published.

    ``least_oere`` is what it can be carried out for, where its proposer accepts a part;
    ``granted_oere`` is the part it got in the count, if it got only a part.
    """

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
    least_oere: Mapped[int | None] = mapped_column(BigInteger)
    granted_oere: Mapped[int | None] = mapped_column(BigInteger)
    categories: Mapped[list[str]] = mapped_column(JSON, default=list)

    pot: Mapped[Pot] = relationship()
    area: Mapped[Area | None] = relationship()
    proposal: Mapped[Proposal | None] = relationship()

    @property
    def paid_oere(self) -> int:
        """What it gets if it is funded: all it costs, or the part that was left for it."""
        return self.cost_oere if self.granted_oere is None else self.granted_oere


exclusive_project = Table(
    "exclusive_project",
    Base.metadata,
    Column("group_id", ForeignKey("exclusive_group.id"), primary_key=True),
    Column("project_id", ForeignKey("project.id"), primary_key=True, index=True),
)


class ExclusiveGroup(Base):
    """Projects of one pot that exclude each other: at most one of them gets money."""

    __tablename__ = "exclusive_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), index=True)

    pot: Mapped[Pot] = relationship()
    projects: Mapped[list[Project]] = relationship(secondary=exclusive_project, order_by=Project.id)
