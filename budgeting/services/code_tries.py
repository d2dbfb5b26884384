"""Guessing a code takes time: a few tries are free, then each costs twice the wait.

Counted for each locator, whether a voter has it or not, so that the wait tells nothing.
Never counted for an address: a whole library votes from the same one.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete

from budgeting.ballotbox.code_letters import CodeRefused
from budgeting.models import CodeTry
from budgeting.services import transaction, upserts
from budgeting.vocabulary import N_

FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)


class TooManyTries(CodeRefused):
    """The code has been mistyped again and again, or somebody is guessing."""

    message = N_(
        "Koden er prøvet for mange gange. Vent, og prøv igen %(until)s. "
        "Du kan også få hjælp hos kommunen."
    )


def take_one(locator: str, now: datetime) -> None:
    """Count a try before the code is looked at; refuse it while the wait lasts."""
    with transaction.deed() as session:
        session.execute(delete(CodeTry).where(CodeTry.last_at < now - FORGOTTEN_AFTER))
        upserts.add_unless_there(session, CodeTry, locator=locator, tries=0, last_at=now)
        tried = session.get_one(CodeTry, locator, with_for_update=True, populate_existing=True)
        until = tried.last_at + _wait_after(tried.tries)
        if now < until:
            raise TooManyTries(until=_whole_minute(until))
        tried.tries += 1
        tried.last_at = now


def forget(locator: str) -> None:
    """The code was right: the slips before it do not matter any more."""
    with transaction.deed() as session:
        session.execute(delete(CodeTry).where(CodeTry.locator == locator))


def _wait_after(tries: int) -> timedelta:
    if tries < FREE_TRIES:
        return timedelta(0)
    doublings = min(tries - FREE_TRIES, 10)
    return min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)


def _whole_minute(moment: datetime) -> datetime:
    """Return the first whole minute that is not before the moment."""
    started = moment.replace(second=0, microsecond=0)
    return started if started == moment else started + timedelta(minutes=1)
