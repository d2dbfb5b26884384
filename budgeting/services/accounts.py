"""The people who sign in: staff with a password; citizens come by sign_in_links."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from budgeting.models import Account, AccountRole, PasswordAttempt
from budgeting.refusals import Refusal
from budgeting.services import addresses, audit, passwords, transaction
from budgeting.vocabulary import N_, Role

ATTEMPTS_ALLOWED = 5
ATTEMPTS_COUNT_FOR = timedelta(minutes=15)


class WrongPassword(Refusal):
    """The address and the password do not belong together; which of them is wrong is not said."""

    message = N_("Mailadressen og adgangskoden passer ikke sammen. Prøv igen.")


class TooManyAttempts(Refusal):
    """Someone guesses; the true owner waits a little too."""

    message = N_("Der er prøvet for mange gange. Prøv igen %(again_at)s.")


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
    with transaction.deed() as session:
        _count_attempt(session, address, now)
    account = find_by_address(session, address)
    if not passwords.fits(password, account.password_hash if account else None):
        raise WrongPassword()
    assert account is not None
    with transaction.deed() as session:
        session.execute(delete(PasswordAttempt).where(PasswordAttempt.email == address))
    return account


def _count_attempt(session: Session, address: str, now: datetime) -> None:
    too_old = PasswordAttempt.tried_at <= now - ATTEMPTS_COUNT_FOR
    session.execute(delete(PasswordAttempt).where(too_old))
    tries, first = session.execute(
        select(func.count(), func.min(PasswordAttempt.tried_at)).where(
            PasswordAttempt.email == address
        )
    ).one()
    if tries >= ATTEMPTS_ALLOWED:
        raise TooManyAttempts(again_at=first + ATTEMPTS_COUNT_FOR)
    session.add(PasswordAttempt(email=address, tried_at=now))
