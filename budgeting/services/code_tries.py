"""Guessing a code takes time: a few tries are free, then each costs twice the wait.

Counted for each locator, whether a voter has it or not, so that the wait tells nothing. What
is counted for the address they come from stands in address_tries.py.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete

from budgeting.ballotbox.code_letters import CodeRefused
from budgeting.models import CodeTry
from budgeting.services import address_tries, transaction, upserts
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


def take_one(locator: str, address: str, now: datetime) -> None:
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
        address_tries.take_one(session, address, now)


def forget(locator: str, address: str) -> None:
    """The code was right: the slips before it do not matter any more."""
    with transaction.deed() as session:
        session.execute(delete(CodeTry).where(CodeTry.locator == locator))
        address_tries.give_back(session, address)


def _wait_after(tries: int) -> timedelta:
    if tries < FREE_TRIES:
        return timedelta(0)
    doublings = min(tries - FREE_TRIES, 10)
    return min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)


def _whole_minute(moment: datetime) -> datetime:
    """Return the first whole minute that is not before the moment."""
    started = moment.replace(second=0, microsecond=0)
    return started if started == moment else started + timedelta(minutes=1)
