"""Citizens sign in by a link that is mailed to them, opens the door once, and expires."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import Account, SignInLink
from budgeting.refusals import Refusal
from budgeting.services import accounts, addresses, post, transaction, upserts
from budgeting.vocabulary import N_

LINKS_ALLOWED = 3
LINKS_COUNT_FOR = timedelta(minutes=15)
LINKS_KEPT_FOR = timedelta(days=1)
LONGEST_PATH = 400


class TooManyLinks(Refusal):
    """The address has been sent enough links for now; that says nothing of whose it is."""

    message = N_(
        "Vi har sendt %(sent)s links til adressen det sidste kvarter. "
        "Se efter i din indbakke og i uønsket post, eller prøv igen %(again_at)s."
    )
    field = "email"


class LinkUnknown(Refusal):
    """No such link was sent, or it is long gone."""

    message = N_("Vi kender ikke linket. Måske er en del af det faldet ud, da det blev kopieret.")


class LinkSpent(Refusal):
    """The link has opened the door once."""

    message = N_("Linket er allerede brugt. Et link virker kun én gang.")


class LinkExpired(Refusal):
    """The link was good for a while, and the while is over."""

    message = N_("Linket er for gammelt. Det virkede indtil %(expired_at)s.")


class NameMissing(Refusal):
    """A person who signs in for the first time says what to call them."""

    message = N_("Skriv dit navn.")
    field = "name"


@dataclass(frozen=True)
class Letters:
    """Writes the mail: with the link's token and a name, or, to staff, with a name alone."""

    with_link: Callable[[str, str], post.Letter]
    to_staff: Callable[[str], post.Letter]


@dataclass(frozen=True)
class Door:
    """What a good link opens: whose it is, and whether they have been here before."""

    email: str
    is_first_time: bool
    next_path: str


@dataclass(frozen=True)
class Entry:
    """A person who has come in, and where they were going."""

    account: Account
    next_path: str


def send(*, email: str, next_path: str, letters: Letters, now: datetime) -> str:
    """Mail a link to whoever has the address, known or not, and return the address.

    Staff sign in with a password: their mail says so and carries no link.
    """
    address = addresses.one_spelling(email)
    token = secrets.token_urlsafe(32)
    with transaction.deed() as session:
        session.execute(delete(SignInLink).where(SignInLink.expires_at < now - LINKS_KEPT_FOR))
        _refuse_too_many(session, address, now)
        account = accounts.find_by_address(session, address)
        session.add(_new_link(token, address, next_path, now))
        letter = _letter(letters, account, token)
        post.queue(session, address, letter.subject, letter.body, now)
    return address


def look_at(token: str, now: datetime) -> Door:
    """Return what a link would open without opening it, or refuse with why it opens nothing."""
    link = db.session.get(SignInLink, _hash(token))
    if link is None:
        raise LinkUnknown()
    if link.used_at is not None:
        raise LinkSpent()
    if link.expires_at <= now:
        raise LinkExpired(expired_at=link.expires_at)
    account = accounts.find_by_address(db.session(), link.email)
    if account is not None and account.is_staff:
        raise LinkUnknown()
    return Door(link.email, account is None, link.next_path)


def enter(*, token: str, name: str, now: datetime) -> Entry:
    """Spend a link and return who came in; a new person gets an account with this name."""
    with transaction.deed() as session:
        door = look_at(token, now)
        _spend(session, token, now)
        account = accounts.find_by_address(session, door.email)
        if account is None:
            account = _welcome(session, door.email, name)
    return Entry(account, door.next_path)


def _refuse_too_many(session: Session, address: str, now: datetime) -> None:
    sent, first = session.execute(
        select(func.count(), func.min(SignInLink.sent_at))
        .where(SignInLink.email == address)
        .where(SignInLink.sent_at > now - LINKS_COUNT_FOR)
    ).one()
    if sent >= LINKS_ALLOWED:
        raise TooManyLinks(sent=sent, again_at=first + LINKS_COUNT_FOR)


def _new_link(token: str, address: str, next_path: str, now: datetime) -> SignInLink:
    minutes = current_app.config["SIGN_IN_LINK_MINUTES"]
    return SignInLink(
        token_hash=_hash(token),
        email=address,
        next_path=next_path if len(next_path) <= LONGEST_PATH else "/",
        sent_at=now,
        expires_at=now + timedelta(minutes=minutes),
    )


def _letter(letters: Letters, account: Account | None, token: str) -> post.Letter:
    if account is not None and account.is_staff:
        return letters.to_staff(account.name)
    return letters.with_link(token, account.name if account else "")


def _spend(session: Session, token: str, now: datetime) -> None:
    """Mark the link as used; of two who press at once, the database lets one through."""
    spent = session.execute(
        update(SignInLink)
        .where(SignInLink.token_hash == _hash(token))
        .where(SignInLink.used_at.is_(None))
        .values(used_at=now)
    )
    if spent.rowcount != 1:  # type: ignore[attr-defined]  # an update always has one
        raise LinkSpent()


def _welcome(session: Session, email: str, name: str) -> Account:
    """Make the account; where two links of an address open at once, both find the same one."""
    if not name.strip():
        raise NameMissing()
    upserts.add_unless_there(session, Account, email=email, name=name.strip())
    return session.scalars(select(Account).where(Account.email == email)).one()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
