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
