"""What the council adopts, project by project, beside what the vote recommended."""

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.base import Base
from budgeting.models.project import Project


class Decision(Base):
    """One project's line in the council's decision; a departure has its reason."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("adopted = recommended or reason != ''", name="departure_has_reason"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"), index=True)
    recommended: Mapped[bool]
    adopted: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    project: Mapped[Project] = relationship()

    @property
    def is_departure(self) -> bool:
        """Whether the council chose otherwise than the vote."""
        return self.adopted != self.recommended
