"""The people who sign in: staff with a password; citizens come by sign_in_links."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import Account, AccountRole
from budgeting.refusals import Refusal
from budgeting.services import addresses, attempts, audit, passwords, sign_ins, transaction
from budgeting.vocabulary import N_, Role

ATTEMPTS_ALLOWED = attempts.ALLOWED
ATTEMPTS_COUNT_FOR = attempts.COUNT_FOR
TooManyAttempts = attempts.TooManyAttempts


class WrongPassword(Refusal):
    """The address and the password do not belong together; which of them is wrong is not said."""

    message = N_("Mailadressen og adgangskoden passer ikke sammen. Prøv igen.")


class NotYourPassword(Refusal):
    """Somebody sits at a screen that is not theirs, or has slipped on a key."""

    message = N_("Adgangskoden passer ikke. Prøv igen.")
    field = "old"


class AddressTaken(Refusal):
    """There is a staff account with that address already."""

    message = N_("Der er allerede en medarbejder med den mailadresse.")
    field = "email"


def create_staff(
    email: str, name: str, roles: Collection[Role], password: str, *, now: datetime
) -> Account:
    """Give a person a password and roles; a citizen's account becomes a staff account too."""
    address = addresses.one_spelling(email)
    password_hash = passwords.hashed(password)
    with transaction.deed() as session:
        account = find_by_address(session, address)
        if account is not None and account.password_hash is not None:
            raise AddressTaken()
        if account is None:
            account = Account(email=address)
            session.add(account)
        account.name = name
        account.password_hash = password_hash
        account.given_roles = [AccountRole(role=role) for role in sorted(set(roles))]
        session.flush()
        audit.record(session, "create_staff", by=None, now=now, account=account.id)
    return account


def find_by_address(session: Session, address: str) -> Account | None:
    """Return the account of an address that has its one spelling."""
    return session.scalar(select(Account).where(Account.email == address))


def sign_in_with_password(*, email: str, password: str, now: datetime) -> Account:
    """Return the account behind an address and its password.

    Every try is counted before the password is looked at, so that many tries at the same
    time count as many. The work of argon2 is done outside the transaction.
    """
    address = addresses.one_spelling(email)
    attempts.take_one(address, now)
    account = find_by_address(db.session(), address)
    if not passwords.fits(password, account.password_hash if account else None):
        raise WrongPassword()
    assert account is not None
    attempts.forget(address)
    return account


def check_password(account: Account, password: str, now: datetime) -> None:
    """Refuse unless somebody who is signed in knows their password; tries are counted."""
    attempts.take_one(account.email, now)
    if not passwords.fits(password, account.password_hash):
        raise NotYourPassword()
    attempts.forget(account.email)


def change_password(
    *, by: Account, old: str, new: str, sign_in_id: int | None, now: datetime
) -> None:
    """Give oneself another password; wherever else one was signed in, one is out."""
    check_password(by, old, now)
    password_hash = passwords.hashed(new)
    with transaction.deed() as session:
        by.password_hash = password_hash
        sign_ins.end_all_of(session, by.id, but=sign_in_id)
        audit.record(session, "change_password", by=by, now=now)
