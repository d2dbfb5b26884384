"""The count of a pot: nameless ballots and the outcome with its reasons."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.base import Base, UtcDateTime
from budgeting.models.budget_round import Pot


class Ballot(Base):
    """One person's choices; nameless, and it exists only after opening."""

    __tablename__ = "ballot"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), index=True)
    choices: Mapped[list[str]] = mapped_column(JSON)
    points: Mapped[list[int] | None] = mapped_column(JSON)


class Count(Base):
    """What the tally said of one pot, exactly, and how many envelopes went in and out.

    ``on_paper`` is how many are marked on the roll as having voted on paper.
    ``closeness`` says per project how near it was, ``comparison`` what other rules would have
    given; both are made once, when the votes are counted, and may be missing.
    """

    __tablename__ = "count"

    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), primary_key=True)
    envelopes_in: Mapped[int]
    ballots_valid: Mapped[int]
    ballots_invalid: Mapped[int]
    voters_entitled: Mapped[int]
    on_paper: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON)
    closeness: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    certificate: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)
    comparison: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON, deferred=True)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    pot: Mapped[Pot] = relationship()
