"""Finds what has been done to the log: altered, taken out, moved about, cut short, written anew."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from budgeting import canonical
from budgeting.ballotbox import audit_chain
from budgeting.models import AuditEvent
from budgeting.services import audit
from budgeting.services.audit_links import Link

AT_A_TIME = 1_000
FIRST = 1


class Kind(StrEnum):
    """What is wrong with the log at a deed."""

    TAKEN_OUT = "is missing: it has been taken out, or deeds have been renumbered"
    PUT_IN = "has a number that no deed may have"
    ALTERED = "has been altered, moved or put in: its link does not fit"
    WRITTEN_ANEW = "is another than when its link was kept: the log was written anew"
    CUT_SHORT = "is gone: the log was cut short after its link had been kept"


@dataclass(frozen=True)
class Flaw:
    """The first deed at which the log does not hold, and what is wrong there."""

    number: int
    kind: Kind


@dataclass(frozen=True)
class Checked:
    """What a look through the whole log found: how many deeds hold, and the first flaw."""

    deeds: int
    kept: int
    flaw: Flaw | None = None


def check(session: Session, kept: Iterable[Link]) -> Checked:
    """Go through the whole log, and hold it against links that were kept elsewhere."""
    wanted = list(dict.fromkeys(kept))
    known = {link.number: link.hash for link in wanted}
    contradicted = {link.number for link in wanted if known[link.number] != link.hash}
    with session.scalars(_events()) as events:
        number, flaw = _walk(events, known, contradicted)
    if flaw is not None:
        return Checked(number, len(wanted), flaw)
    beyond = [link.number for link in wanted if not FIRST <= link.number <= number]
    flaw = Flaw(min(beyond), Kind.CUT_SHORT) if beyond else None
    return Checked(number, len(wanted), flaw)


def _walk(
    events: Iterable[AuditEvent], known: Mapping[int, str], contradicted: Container[int]
) -> tuple[int, Flaw | None]:
    """Follow the chain; return how many deeds hold, and the first that does not."""
    previous, number = audit.FIRST_HASH, 0
    for event in events:
        number += 1
        if event.number != number:
            kind = Kind.PUT_IN if event.number < number else Kind.TAKEN_OUT
            return number - 1, Flaw(min(number, event.number), kind)
        if _link(previous, event) != event.link_hash:
            return number - 1, Flaw(number, Kind.ALTERED)
        if known.get(number, event.link_hash) != event.link_hash or number in contradicted:
            return number - 1, Flaw(number, Kind.WRITTEN_ANEW)
        previous = event.link_hash
    return number, None


def _events() -> Select[AuditEvent]:
    return select(AuditEvent).order_by(AuditEvent.number).execution_options(yield_per=AT_A_TIME)


def _link(previous: str, event: AuditEvent) -> str:
    """Return the link that should stand; nothing where the deed has no spelling at all."""
    try:
        return audit_chain.link(bytes.fromhex(previous), audit.canonical_event(event)).hex()
    except canonical.NotCanonical:
        return ""
