"""Guessing is slowed in the database, so that every worker counts the same tries."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from budgeting.models import PasswordAttempt
from budgeting.refusals import Refusal
from budgeting.services import transaction
from budgeting.vocabulary import N_

ALLOWED = 5
COUNT_FOR = timedelta(minutes=15)


class TooManyAttempts(Refusal):
    """Someone guesses; the true owner waits a little too."""

    message = N_("Der er prøvet for mange gange. Prøv igen %(again_at)s.")


def take_one(whose: str, now: datetime) -> None:
    """Count a try before what was typed is looked at; many at the same time count as many."""
    with transaction.deed() as session:
        _one_at_a_time(session, whose)
        too_old = PasswordAttempt.tried_at <= now - COUNT_FOR
        session.execute(delete(PasswordAttempt).where(too_old))
        tries, first = session.execute(
            select(func.count(), func.min(PasswordAttempt.tried_at)).where(
                PasswordAttempt.email == whose
            )
        ).one()
        if tries >= ALLOWED:
            raise TooManyAttempts(again_at=first + COUNT_FOR)
        session.add(PasswordAttempt(email=whose, tried_at=now))


def forget(whose: str) -> None:
    """It was right: the slips before it do not matter any more."""
    with transaction.deed() as session:
        session.execute(delete(PasswordAttempt).where(PasswordAttempt.email == whose))


def of_second_factor(account_id: int) -> str:
    """Return what tries at a person's second factor are counted under; no address has a colon."""
    return f"second-factor:{account_id}"


def _one_at_a_time(session: Session, whose: str) -> None:
    """Let one try of the same person be counted at a time; SQLite has only one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(hashtext(:whose))"), {"whose": whose})
