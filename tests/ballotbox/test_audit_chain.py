"""The audit chain: whatever is done to the log behind its back shows, and where."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.ballotbox import audit_chain

EVENTS = st.lists(st.binary(max_size=20), min_size=1, max_size=12)


def chained(events):
    chain, previous = [], audit_chain.START
    for event in events:
        previous = audit_chain.link(previous, event)
        chain.append(audit_chain.ChainedEvent(event, previous))
    return chain


def test_a_link_is_what_the_documentation_says():
    expected = hashlib.sha256(
        b"borgerbudget audit 1\0" + bytes(32) + hashlib.sha256(b"event").digest()
    )

    assert audit_chain.link(audit_chain.START, b"event") == expected.digest()


@given(EVENTS)
def test_an_untouched_chain_holds(events):
    chain = chained(events)

    assert audit_chain.verify(chain) is None
    assert audit_chain.verify(chain, expected_last=chain[-1].hash) is None


def test_an_empty_log_holds():
    assert audit_chain.verify([]) is None


@given(EVENTS, st.data())
def test_an_altered_event_is_the_first_broken_one(events, data):
    place = data.draw(st.integers(0, len(events) - 1))
    chain = chained(events)
    chain[place] = audit_chain.ChainedEvent(chain[place].event + b"!", chain[place].hash)

    assert audit_chain.verify(chain) == place


@given(EVENTS, st.data())
def test_an_altered_hash_is_found(events, data):
    place = data.draw(st.integers(0, len(events) - 1))
    chain = chained(events)
    chain[place] = audit_chain.ChainedEvent(chain[place].event, bytes(32))

    assert audit_chain.verify(chain) == place


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_removed_event_breaks_the_one_after_it(place):
    chain = chained([b"a", b"b", b"c", b"d"])
    del chain[place]

    assert audit_chain.verify(chain) == place


def test_two_events_that_changed_places_are_found():
    first, second, third = chained([b"a", b"b", b"c"])

    assert audit_chain.verify([first, third, second]) == 1


def test_a_cut_or_rewritten_end_shows_against_a_hash_kept_elsewhere():
    kept = chained([b"a", b"b", b"c"])[-1].hash

    assert audit_chain.verify(chained([b"a", b"b"]), expected_last=kept) == 2
    assert audit_chain.verify(chained([b"a", b"x", b"c"]), expected_last=kept) == 3


def test_a_part_of_the_log_is_checked_from_the_hash_before_it():
    chain = chained([b"a", b"b", b"c"])

    assert audit_chain.verify(chain[1:], start=chain[0].hash) is None
    assert audit_chain.verify(chain[1:]) == 0
