"""How often a code letter has been tried, so that nobody can guess their way in."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.models.base import Base, UtcDateTime


class CodeTry(Base):
    """The tries of one locator, whether a voter has it or not; a right code wipes them out."""

    __tablename__ = "code_try"

    locator: Mapped[str] = mapped_column(String(5), primary_key=True)
    tries: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class AddressTry(Base):
    """The failed tries from one address, which is kept as a keyed hash only; they fade away."""

    __tablename__ = "address_try"

    address: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    closed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closings: Mapped[int] = mapped_column(default=0)
