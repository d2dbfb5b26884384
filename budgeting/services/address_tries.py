"""Wrong codes from one address: very many are free, they fade, then the address rests a little.

A library full of honest voters has one address. Only wrong codes count, a slip of the finger
is found by the check sign before it counts, and the limit lies far above what a crowd
mistypes. The address itself is never kept, only a keyed hash of it.
"""

import hmac
import ipaddress
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import case, delete, update
from sqlalchemy.orm import Session

from budgeting.ballotbox.code_letters import CodeRefused
from budgeting.models import AddressTry
from budgeting.services import upserts
from budgeting.vocabulary import N_

MOST_FAILURES = 200
ONE_FADES_IN = timedelta(seconds=10)
LEFT_AFTER_A_REST = 20
FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(minutes=15)
ALL_FADED_AFTER = timedelta(hours=6)
HOME_NETWORK = 64


class AddressRests(CodeRefused):
    """Somebody at this address is guessing."""

    message = N_(
        "Der er skrevet mange forkerte koder fra den netforbindelse, du bruger. Vent, og prøv "
        "igen %(until)s, eller brug en anden forbindelse, for eksempel din telefons."
    )


def take_one(session: Session, address: str, now: datetime) -> None:
    """Count a try as wrong before the code is looked at; refuse it while the address rests."""
    session.execute(delete(AddressTry).where(AddressTry.last_at < now - ALL_FADED_AFTER))
    kept = _kept_as(address)
    upserts.add_unless_there(session, AddressTry, address=kept, failures=0, last_at=now, closings=0)
    tried = session.get_one(AddressTry, kept, with_for_update=True, populate_existing=True)
    if tried.closed_until is not None and now < tried.closed_until:
        raise AddressRests(until=_whole_minute(tried.closed_until))
    _fade(tried, now)
    tried.failures += 1
    if tried.failures >= MOST_FAILURES:
        _rest(tried, now)


def give_back(session: Session, address: str) -> None:
    """The code was right, so the try was none of the wrong ones."""
    fewer = case((AddressTry.failures > 0, AddressTry.failures - 1), else_=0)
    session.execute(
        update(AddressTry).where(AddressTry.address == _kept_as(address)).values(failures=fewer)
    )


def _fade(tried: AddressTry, now: datetime) -> None:
    faded = max(0, (now - tried.last_at) // ONE_FADES_IN)
    tried.failures = max(0, tried.failures - faded)
    tried.last_at = now if tried.failures == 0 else tried.last_at + faded * ONE_FADES_IN
    if tried.failures == 0:
        tried.closings = 0


def _rest(tried: AddressTry, now: datetime) -> None:
    """Each rest is twice as long as the one before; after it a few tries are free again."""
    tried.closed_until = now + min(FIRST_REST * 2 ** min(tried.closings, 10), LONGEST_REST)
    tried.closings += 1
    tried.failures = MOST_FAILURES - LEFT_AFTER_A_REST
    tried.last_at = now


def _kept_as(address: str) -> str:
    """Return the keyed hash of an address; of IPv6 the part that one household has."""
    try:
        known = ipaddress.ip_address(address)
        if known.version == 6:
            address = str(ipaddress.ip_network((known, HOME_NETWORK), strict=False))
    except ValueError:
        address = "unknown"
    key = f"borgerbudget addresses\0{current_app.config['SECRET_KEY']}".encode()
    return hmac.new(key, address.encode(), "sha256").hexdigest()


def _whole_minute(moment: datetime) -> datetime:
    started = moment.replace(second=0, microsecond=0)
    return started if started == moment else started + timedelta(minutes=1)
