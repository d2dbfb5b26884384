"""The double envelope: any sufficient group opens it, and nothing and nobody else."""

import itertools
import json
import pathlib
import random

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.ballotbox import envelope, sealing
from budgeting.ballotbox.officer_keys import PrivateKey
from budgeting.refusals import Refusal

BALLOT = b'{"choices":["kanarie"],"type":"approval"}'
CONTEXT = b"fingerprint of the rulebook|pot 1"
SIZE = 128


def lend(officers, *places):
    return {place: officers[place] for place in places}


def seal_for(public_keys, needed, ballot=BALLOT):
    return sealing.seal(ballot, public_keys, needed, CONTEXT, SIZE)


def test_one_officer_of_one_opens(officers, public_keys):
    sealed = seal_for(public_keys[:1], 1)

    assert sealing.open_sealed(sealed, lend(officers, 0), CONTEXT) == BALLOT


@pytest.mark.parametrize("places", [(0, 1), (0, 2), (1, 2), (2, 1), (0, 1, 2)])
def test_any_two_of_three_open(officers, public_keys, places):
    sealed = seal_for(public_keys, 2)

    assert sealing.open_sealed(sealed, lend(officers, *places), CONTEXT) == BALLOT


@pytest.mark.parametrize("places", [(), (0,), (1,), (2,)])
def test_one_of_three_does_not_open(officers, public_keys, places):
    with pytest.raises(sealing.TooFewKeys, match="Der skal 2 nøgler til"):
        sealing.open_sealed(seal_for(public_keys, 2), lend(officers, *places), CONTEXT)


@pytest.mark.parametrize("needed", [1, 3])
def test_other_numbers_of_officers_work_the_same_way(officers, public_keys, needed):
    sealed = seal_for(public_keys, needed)

    for places in itertools.combinations(range(3), needed):
        assert sealing.open_sealed(sealed, lend(officers, *places), CONTEXT) == BALLOT


@settings(max_examples=25)
@given(st.binary(max_size=SIZE - 4))
def test_every_envelope_of_a_pot_is_equally_long(public_keys, ballot):
    assert len(seal_for(public_keys, 2, ballot)) == sealing.sealed_length(SIZE, 3, 2) == 599
    assert len(seal_for(public_keys[:1], 1, ballot)) == sealing.sealed_length(SIZE, 1, 1) == 279


def test_the_same_ballot_sealed_twice_has_nothing_in_common(public_keys):
    header_length = len(envelope.header_for(public_keys, 2).spelled)
    first, second = (seal_for(public_keys, 2)[header_length:] for _ in range(2))
    alike = sum(one == other for one, other in zip(first, second, strict=True))

    assert alike < len(first) / 10


def test_the_ballot_cannot_be_read_in_the_envelope(public_keys):
    assert b"kanarie" not in seal_for(public_keys, 2)


def test_an_envelope_does_not_open_for_another_pot(officers, public_keys):
    with pytest.raises(envelope.EnvelopeTampered, match="hører til en anden pulje"):
        sealing.open_sealed(seal_for(public_keys, 2), officers, CONTEXT[:-1] + b"2")


def test_a_key_in_another_officers_place_is_refused(officers, public_keys):
    swapped = {0: officers[1], 1: officers[0]}

    with pytest.raises(sealing.WrongOfficerKey):
        sealing.open_sealed(seal_for(public_keys, 2), swapped, CONTEXT)


@pytest.mark.parametrize("place", [0, 3, -1])
def test_a_strangers_key_is_refused(officers, public_keys, place):
    stranger = PrivateKey(X25519PrivateKey.generate())

    with pytest.raises(sealing.WrongOfficerKey):
        sealing.open_sealed(seal_for(public_keys, 2), officers | {place: stranger}, CONTEXT)


@pytest.mark.parametrize("places", [(), (2,)])
def test_too_few_keys_are_told_before_the_first_envelope(officers, public_keys, places):
    with pytest.raises(sealing.TooFewKeys):
        sealing.check_keys(lend(officers, *places), public_keys, 2)


def test_a_key_of_another_box_is_told_before_the_first_envelope(officers, public_keys):
    sealing.check_keys(lend(officers, 0, 2), public_keys, 2)

    with pytest.raises(sealing.WrongOfficerKey):
        sealing.check_keys({0: officers[0], 1: officers[2]}, public_keys, 2)


@pytest.mark.parametrize(("count", "needed"), [(0, 0), (0, 1), (1, 0), (1, 2), (3, 4), (3, -1)])
def test_a_box_is_not_sealed_for_an_impossible_number(public_keys, count, needed):
    with pytest.raises(envelope.OfficersUnfit):
        seal_for(public_keys[:count], needed)


def test_the_same_officer_twice_does_not_count_as_two(public_keys):
    with pytest.raises(envelope.OfficersUnfit):
        seal_for([public_keys[0], public_keys[0]], 2)


@pytest.mark.parametrize("no_key", [b"", bytes(32), b"x" * 31])
def test_a_public_key_that_is_no_key_is_refused(no_key):
    with pytest.raises(sealing.UnusableOfficerKey):
        seal_for([no_key], 1)


def test_a_slot_forged_for_one_pair_shows_to_every_other_pair(officers, public_keys):
    sealed = bytearray(seal_for(public_keys, 2))
    last_slot = len(envelope.header_for(public_keys, 2).spelled) + 2 * 128
    sealed[last_slot] ^= 1

    for places in ((0, 1), (0, 2), (1, 2)):
        with pytest.raises(envelope.EnvelopeTampered):
            sealing.open_sealed(bytes(sealed), lend(officers, *places), CONTEXT)


def corrupted(sealed, chance):
    """One of the ways a disk, a bug or an enemy spoils an envelope."""
    place = chance.randrange(len(sealed))
    spoiled = bytearray(sealed)
    match chance.randrange(5):
        case 0:
            spoiled[place] ^= 1 << chance.randrange(8)
        case 1:
            spoiled = spoiled[:place]
        case 2:
            spoiled.insert(place, chance.randrange(256))
        case 3:
            spoiled[place] ^= chance.randrange(1, 256)
            spoiled[-1 - place] ^= chance.randrange(1, 256)
        case 4:
            end = min(len(sealed), place + chance.randrange(1, 40))
            spoiled[place:end] = bytes(byte ^ 0xFF for byte in spoiled[place:end])
    return bytes(spoiled)


@pytest.mark.parametrize(("officer_count", "needed"), [(1, 1), (3, 2)])
def test_ten_thousand_corrupted_envelopes_are_refused_by_name(
    officers, public_keys, officer_count, needed
):
    sealed = seal_for(public_keys[:officer_count], needed)
    keys, chance = lend(officers, *range(needed)), random.Random(2026)

    named = (envelope.EnvelopeUnknown, envelope.EnvelopeTampered, sealing.WrongOfficerKey)
    named += (sealing.TooFewKeys,)
    refused = 0
    for _ in range(5_000):
        spoiled = corrupted(sealed, chance)
        try:
            sealing.open_sealed(spoiled, keys, CONTEXT)
        except named:
            refused += 1

    assert refused == 5_000


@given(st.binary(max_size=700))
def test_random_bytes_are_refused_by_name(officers, noise):
    for sealed in (noise, b"\x01" + noise, b"\x01\x01\x01" + noise):
        with pytest.raises(envelope.EnvelopeRefused):
            sealing.open_sealed(sealed, lend(officers, 0), CONTEXT)


def test_no_refusal_shows_ballot_or_key(officers, public_keys):
    sealed = bytearray(seal_for(public_keys, 2))
    sealed[-1] ^= 1
    with pytest.raises(Refusal) as caught:
        sealing.open_sealed(bytes(sealed), officers, CONTEXT)

    shown = repr(caught.value) + str(caught.value) + repr(caught.value.__dict__)
    assert "kanarie" not in shown
    assert caught.value.__suppress_context__
    assert "kanarie" not in repr(envelope.read(bytes(sealed)))


def test_envelopes_sealed_by_the_first_version_still_open(officers):
    path = pathlib.Path(__file__).parent / "known_envelopes.json"
    for known in json.loads(path.read_text()):
        keys = lend(officers, *known["places"])
        opened = sealing.open_sealed(bytes.fromhex(known["sealed"]), keys, CONTEXT)

        assert opened == known["ballot"].encode()
