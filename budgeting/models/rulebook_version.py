"""The rulebook as it was frozen: canonical JSON and its fingerprint."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.models.base import Base, UtcDateTime


class RulebookVersion(Base):
    """One public version of a round's rules; the first is frozen at opening."""

    __tablename__ = "rulebook_version"

    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    canonical_json: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
