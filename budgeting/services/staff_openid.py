"""Staff who come in with the municipality's own sign-in instead of password and telephone.

Nobody gets an account or a role by it: the mail address finds somebody an administrator has
invited. From the first time on the account belongs to that one person at the provider, so that
an address that is handed on to somebody else opens nothing.
"""

import hashlib
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import Account, SignIn, StaffIdentity
from budgeting.refusals import Refusal
from budgeting.services import accounts, addresses, audit, sign_ins, transaction
from budgeting.services.identity import Colleague
from budgeting.vocabulary import N_


class NotInvited(Refusal):
    """The person is who they say, and has no place here."""

    message = N_("Du er ikke inviteret her. Bed en administrator om at invitere %(email)s.")


class AnotherPerson(Refusal):
    """The account belongs to somebody else at the provider, or this person to another account."""

    message = N_(
        "Kontoen hører til en anden hos jeres login. En administrator kan nulstille den, "
        "hvis det er dig."
    )


def enter(colleague: Colleague, *, now: datetime) -> Account:
    """Return the invited account behind a colleague; the first time, it is tied to them."""
    with transaction.deed() as session:
        tied = _find(session, colleague)
        if tied is not None:
            return _of_staff(session.get_one(Account, tied.account_id), colleague)
        found = accounts.find_by_address(session, addresses.one_spelling(colleague.email))
        account = _of_staff(found, colleague)
        if session.get(StaffIdentity, account.id) is not None:
            raise AnotherPerson()
        session.add(
            StaffIdentity(account_id=account.id, subject_hash=_hash(colleague), tied_at=now)
        )
        audit.record(session, "tie_staff_identity", by=account, now=now, account=account.id)
    return account


def confirm(colleague: Colleague, *, by: Account, sign_in: SignIn, now: datetime) -> None:
    """Note that whoever is signed in has just shown again who they are; nobody else will do."""
    tied = _find(db.session(), colleague)
    if tied is None or tied.account_id != by.id:
        raise AnotherPerson()
    sign_ins.note_confirmed(sign_in, now)


def is_tied(account: Account) -> bool:
    """Whether the person has come in with the municipality's own sign-in."""
    return db.session.get(StaffIdentity, account.id) is not None


def forget(session: Session, account_id: int) -> None:
    """Untie an account: the next who comes with its address is tied to it."""
    session.execute(delete(StaffIdentity).where(StaffIdentity.account_id == account_id))


def _find(session: Session, colleague: Colleague) -> StaffIdentity | None:
    wanted = StaffIdentity.subject_hash == _hash(colleague)
    return session.scalar(select(StaffIdentity).where(wanted))


def _of_staff(account: Account | None, colleague: Colleague) -> Account:
    if account is None or not account.is_staff:
        raise NotInvited(email=colleague.email)
    return account


def _hash(colleague: Colleague) -> str:
    return hashlib.sha256(f"{colleague.issuer}\n{colleague.subject}".encode()).hexdigest()
