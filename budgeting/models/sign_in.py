"""Who is signed in where, and what a member of staff proves it with beside a password."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.account import Account
from budgeting.models.base import Base, UtcDateTime


class SignIn(Base):
    """One browser somebody is signed in with; ending it here shuts the cookie out.

    ``is_whole`` is false while the second factor is still asked for. ``confirmed_at`` is when
    the person last showed a password or a code.
    """

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    is_whole: Mapped[bool]
    device: Mapped[str] = mapped_column(String(60), default="")
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    account: Mapped[Account] = relationship(lazy="joined")


class SecondFactor(Base):
    """The secret a person's telephone makes codes of, locked by the server's key.

    ``last_step`` is the half minute of the last code that was used: it works only once.
    """

    __tablename__ = "second_factor"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    locked_secret: Mapped[str] = mapped_column(String(300))
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """A code for the day the telephone is gone; the row goes when the code is used."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)


class StaffIdentity(Base):
    """Which person at the municipality's own sign-in an account belongs to, as a hash."""

    __tablename__ = "staff_identity"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    subject_hash: Mapped[str] = mapped_column(String(64), unique=True)
    tied_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PasswordLink(Base):
    """A mailed link to choose a password; it opens once, until it expires."""

    __tablename__ = "password_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
