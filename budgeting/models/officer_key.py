"""The officers' keys to the ballot box, each locked by a passphrase nobody stores."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.account import Account
from budgeting.models.base import Base, UtcDateTime


class OfficerKey(Base):
    """One key of a round; ``number`` is its place among the round's officers, from 0."""

    __tablename__ = "officer_key"

    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    locked_private_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tested_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()


class PairTrial(Base):
    """Two officers have opened a test envelope together; ``first`` is the lower number."""

    __tablename__ = "pair_trial"

    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"), primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True)
    second: Mapped[int] = mapped_column(primary_key=True)
    tried_at: Mapped[datetime] = mapped_column(UtcDateTime)
