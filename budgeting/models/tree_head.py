"""Signed tree heads: what the house said, at a moment, of one pot's board; and by which key."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.models.base import Base, UtcDateTime


class TreeHead(Base):
    """One head in a pot's row of heads, numbered from 1; ``head`` is the very text signed.

    ``consistency`` holds the hashes that lead from the head before to this one, so that
    anyone can check that nothing was taken away, without seeing the board.
    """

    __tablename__ = "tree_head"

    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    head: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(128))
    verifying_key: Mapped[str] = mapped_column(String(64))
    consistency: Mapped[list[Any]] = mapped_column(JSON)


class KeyChange(Base):
    """That a pot's head with this number was the last one under a key that is lost.

    ``note`` is the very text that the new key has signed (``ballotbox/key_changes.py``).
    """

    __tablename__ = "key_change"

    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(128))
