"""The ballot box: sealed envelopes bound to voters, and the append-only board."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.account import Account
from budgeting.models.base import Base, UtcDateTime


class BallotBox(Base):
    """One pot's box; its row is the queue in which votes are handed in."""

    __tablename__ = "ballot_box"

    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), primary_key=True)
    board_size: Mapped[int] = mapped_column(default=0)
    envelope_size: Mapped[int]
    sealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    board_root: Mapped[str | None] = mapped_column(String(64))


class Envelope(Base):
    """A sealed ballot; a voter has at most one in each pot, and the last one stands."""

    __tablename__ = "envelope"

    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), primary_key=True)
    voter_id: Mapped[int] = mapped_column(ForeignKey("voter.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    receipt: Mapped[str] = mapped_column(String(24))
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BoardEntry(Base):
    """A line of the public board: SHA-256 of an envelope ever cast, superseded ones too."""

    __tablename__ = "board_entry"

    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[str] = mapped_column(String(64))
    receipt: Mapped[str] = mapped_column(String(24), index=True)


class PaperMark(Base):
    """The voter has voted on paper in the pot; there is never an envelope beside it.

    Who marked it stands here and not in the log, which names no voter.
    """

    __tablename__ = "paper_mark"

    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), primary_key=True)
    voter_id: Mapped[int] = mapped_column(ForeignKey("voter.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class SealConfirmation(Base):
    """Somebody on the staff has confirmed that a round's boxes may be sealed; it takes two."""

    __tablename__ = "seal_confirmation"

    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()


class HandedInForm(Base):
    """A booth form that has been handed in; sending it again gives the same receipt."""

    __tablename__ = "handed_in_form"

    form_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    receipt: Mapped[str] = mapped_column(String(24))
