"""The audit log's hash chain: each event carries a hash of itself and all before it.

    hash of event n = SHA-256(label + hash of event n - 1 + SHA-256(event n))

Whoever alters, removes or inserts an event breaks every hash after it. Two things the chain
alone does not show: events cut off at the end, and a log rewritten from some point on with
new hashes. Both show against a hash that was kept elsewhere: give it as `expected_last`.
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import NamedTuple

START = bytes(32)
_LABEL = b"borgerbudget audit 1\0"


class ChainedEvent(NamedTuple):
    """An event's canonical bytes and the hash that was stored with it."""

    event: bytes
    hash: bytes


def link(previous_hash: bytes, canonical_event: bytes) -> bytes:
    """The hash to store with an event that comes after the one with `previous_hash`."""
    event_hash = hashlib.sha256(canonical_event).digest()
    return hashlib.sha256(_LABEL + previous_hash + event_hash).digest()


def verify(
    events: Iterable[tuple[bytes, bytes]],
    *,
    start: bytes = START,
    expected_last: bytes | None = None,
) -> int | None:
    """The index of the first event whose hash does not fit, or None if the chain holds.

    With `expected_last`, a chain that holds but ends otherwise is broken at its end: the
    index is then the number of events.
    """
    previous, count = start, 0
    for count, (event, stored_hash) in enumerate(events, start=1):
        previous = link(previous, event)
        if not hmac.compare_digest(previous, stored_hash):
            return count - 1
    if expected_last is not None and not hmac.compare_digest(previous, expected_last):
        return count
    return None
