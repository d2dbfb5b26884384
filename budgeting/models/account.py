"""A person who signs in: citizens by a mailed link, staff with a password."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.base import Base, Choice, UtcDateTime
from budgeting.vocabulary import STAFF_ROLES, Role


class AccountRole(Base):
    """One role of one person."""

    __tablename__ = "account_role"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(Choice(Role), primary_key=True)


class Account(UserMixin, Base):
    """Someone who proposes, or works for the municipality."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    given_roles: Mapped[list[AccountRole]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def roles(self) -> frozenset[Role]:
        """Every role of the person; whoever has signed in is a citizen too."""
        return frozenset({Role.CITIZEN} | {given.role for given in self.given_roles})

    @property
    def is_staff(self) -> bool:
        """Whether the person works for the municipality or sits in its council."""
        return bool(self.roles & STAFF_ROLES)


class SignInLink(Base):
    """A link sent by mail; it opens the door once, until it expires."""

    __tablename__ = "sign_in_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    next_path: Mapped[str] = mapped_column(String(400), default="/")
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PasswordAttempt(Base):
    """A try at a password; it stands until the person has signed in or it is too old to count."""

    __tablename__ = "password_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    tried_at: Mapped[datetime] = mapped_column(UtcDateTime)
