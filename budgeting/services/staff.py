"""An administrator keeps the staff: invited by mail, given roles, and let go again."""

import hashlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import Account, AccountRole, PasswordLink
from budgeting.refusals import Refusal
from budgeting.rulebook import deeds
from budgeting.rulebook.deeds import Deed
from budgeting.services import (
    accounts,
    addresses,
    attempts,
    audit,
    passwords,
    post,
    second_factors,
    sign_ins,
    staff_openid,
    transaction,
)
from budgeting.vocabulary import N_, STAFF_ROLES, Role

Letter = Callable[[str, str], post.Letter]


class NoRole(Refusal):
    """A member of staff without a role could do nothing."""

    message = N_("Vælg mindst én rolle.")
    field = "roles"


class YourOwnAccess(Refusal):
    """Whoever shut themselves out could leave the house without an administrator."""

    message = N_("Du kan ikke tage din egen adgang som administrator. Bed en anden om det.")
    field = "roles"


class PasswordLinkUnknown(Refusal):
    """The link was never sent, is used, is too old, or a newer one has been sent."""

    message = N_("Linket virker ikke mere. Bed en administrator om at sende et nyt.")


@dataclass(frozen=True)
class Guest:
    """Who is invited, and with which roles."""

    email: str
    name: str
    roles: Collection[Role]


@dataclass(frozen=True)
class Member:
    """One of the staff as the administrator sees them."""

    account: Account
    roles: tuple[Role, ...]
    has_password: bool
    has_second_factor: bool
    comes_from_elsewhere: bool


def everyone() -> list[Member]:
    """Return all who have a role in the municipality, by name."""
    with_role = select(AccountRole.account_id).where(AccountRole.role.in_(STAFF_ROLES))
    found = db.session.scalars(select(Account).where(Account.id.in_(with_role)))
    return [_member(one) for one in sorted(found, key=lambda one: one.name.casefold())]


def find(account_id: int) -> Member | None:
    """Return one of the staff."""
    account = db.session.get(Account, account_id)
    return _member(account) if account is not None and account.is_staff else None


def invite(*, by: Account, guest: Guest, letter: Letter, now: datetime) -> Account:
    """Give a person roles and mail them a link to choose a password.

    Where a citizen had the address, their sign-ins end: staff come in by password only.
    """
    address = addresses.one_spelling(guest.email)
    with transaction.deed() as session:
        deeds.check(Deed.KEEP_STAFF, by.roles, phase=None)
        _refuse_no_role(guest.roles)
        account = accounts.find_by_address(session, address)
        if account is not None and account.is_staff:
            raise accounts.AddressTaken()
        if account is None:
            account = Account(email=address)
            session.add(account)
        account.name = guest.name
        _give(account, guest.roles)
        session.flush()
        sign_ins.end_all_of(session, account.id)
        _mail_link(session, account, letter, now)
        audit.record(session, "invite_staff", by=by, now=now, account=account.id)
    return account


def send_link(*, by: Account, account: Account, letter: Letter, now: datetime) -> None:
    """Mail a new link to choose a password; an earlier one opens nothing any more."""
    with transaction.deed() as session:
        deeds.check(Deed.KEEP_STAFF, by.roles, phase=None)
        _mail_link(session, account, letter, now)
        audit.record(session, "send_password_link", by=by, now=now, account=account.id)


def change_roles(*, by: Account, account: Account, roles: Collection[Role], now: datetime) -> None:
    """Give a person exactly these roles."""
    with transaction.deed() as session:
        deeds.check(Deed.KEEP_STAFF, by.roles, phase=None)
        _refuse_no_role(roles)
        if account.id == by.id and Role.ADMIN not in roles:
            raise YourOwnAccess()
        _give(account, roles)
        audit.record(session, "change_roles", by=by, now=now, account=account.id)


def reset_second_factor(*, by: Account, account: Account, now: datetime) -> None:
    """Let somebody who lost telephone and recovery codes set up a new one at next sign-in."""
    with transaction.deed() as session:
        deeds.check(Deed.KEEP_STAFF, by.roles, phase=None)
        second_factors.forget(session, account.id)
        staff_openid.forget(session, account.id)
        sign_ins.end_all_of(session, account.id)
        audit.record(session, "reset_second_factor", by=by, now=now, account=account.id)


def close(*, by: Account, account: Account, now: datetime) -> None:
    """Take roles, password and second factor away, and end every sign-in at once."""
    with transaction.deed() as session:
        deeds.check(Deed.KEEP_STAFF, by.roles, phase=None)
        if account.id == by.id:
            raise YourOwnAccess()
        account.given_roles = []
        account.password_hash = None
        second_factors.forget(session, account.id)
        staff_openid.forget(session, account.id)
        session.execute(delete(PasswordLink).where(PasswordLink.account_id == account.id))
        sign_ins.end_all_of(session, account.id)
        audit.record(session, "close_account", by=by, now=now, account=account.id)


def look_at(token: str, now: datetime) -> Account:
    """Return whose password a link lets one choose, without using it up."""
    link = db.session.get(PasswordLink, _hash(token))
    if link is None or link.expires_at <= now:
        raise PasswordLinkUnknown()
    return db.session.get_one(Account, link.account_id)


def choose_password(*, token: str, password: str, now: datetime) -> Account:
    """Set the password a link lets one choose; every earlier sign-in ends."""
    look_at(token, now)
    password_hash = passwords.hashed(password)
    with transaction.deed() as session:
        account = look_at(token, now)
        spent = session.execute(delete(PasswordLink).where(PasswordLink.token_hash == _hash(token)))
        if spent.rowcount != 1:  # type: ignore[attr-defined]  # a delete always has one
            raise PasswordLinkUnknown()
        account.password_hash = password_hash
        sign_ins.end_all_of(session, account.id)
        audit.record(session, "choose_password", by=account, now=now)
    attempts.forget(account.email)
    return account


def _member(account: Account) -> Member:
    return Member(
        account=account,
        roles=tuple(role for role in Role if role in account.roles & STAFF_ROLES),
        has_password=account.password_hash is not None,
        has_second_factor=second_factors.has_one(account),
        comes_from_elsewhere=staff_openid.is_tied(account),
    )


def _refuse_no_role(roles: Collection[Role]) -> None:
    if not set(roles) & STAFF_ROLES:
        raise NoRole()


def _give(account: Account, roles: Collection[Role]) -> None:
    wanted = set(roles) & STAFF_ROLES
    kept = [given for given in account.given_roles if given.role in wanted]
    missing = wanted - {given.role for given in kept}
    account.given_roles = kept + [AccountRole(role=role) for role in sorted(missing)]


def _mail_link(session: Session, account: Account, letter: Letter, now: datetime) -> None:
    token = secrets.token_urlsafe(32)
    hours = current_app.config["PASSWORD_LINK_HOURS"]
    session.execute(delete(PasswordLink).where(PasswordLink.account_id == account.id))
    session.add(
        PasswordLink(
            token_hash=_hash(token),
            account_id=account.id,
            expires_at=now + timedelta(hours=hours),
        )
    )
    mail = letter(token, account.name)
    post.queue(session, account.email, mail.subject, mail.body, now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
