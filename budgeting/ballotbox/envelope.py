"""The envelope in bytes, version 1: written and read here, understood in sealing.py.

    version 1 | needed 1 | officers 1 | key id 8, for each officer
    slot, for each group of `needed` officers in order      32 + 48 * needed each
    nonce 12 | commitment 32 | AES-256-GCM of the padded ballot

One officer: 151 bytes and the padded ballot; any two of three: 471 bytes and the ballot.
"""

import hashlib
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from budgeting.ballotbox import hybrid
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

VERSION = 1
KEY_LENGTH = 32
TAG_LENGTH = 16
MOST_OFFICERS = 9
_KEY_ID_LENGTH = 8
_NONCE_LENGTH = 12
_COMMITMENT_LENGTH = 32
_FIXED_HEADER_LENGTH = 3


class EnvelopeRefused(Refusal):
    """The envelope cannot be opened."""

    message = N_("Kuverten kan ikke åbnes. Den er ikke talt med.")


class EnvelopeUnknown(EnvelopeRefused):
    """The bytes are no envelope of a kind we know."""

    message = N_("Kuverten har en form, vi ikke kender. Den er ikke talt med.")


class EnvelopeTampered(EnvelopeRefused):
    """Some byte was altered, or the envelope belongs to another pot or round."""

    message = N_("Kuverten er ændret eller hører til en anden pulje. Den er ikke talt med.")


class OfficersUnfit(Refusal):
    """The officers named cannot hold a box: none, too many, twice the same, or too few."""

    message = N_(
        "Stemmeurnen kan ikke låses med de valgte nøglepersoner. "
        "Vælg forskellige personer, og mindst så mange, som skal til for at åbne."
    )


@dataclass(frozen=True)
class Header:
    """Who may open: how many are needed, and the ids of all the officers' keys."""

    needed: int
    key_ids: tuple[bytes, ...]

    @property
    def spelled(self) -> bytes:
        """The header's bytes."""
        return bytes((VERSION, self.needed, len(self.key_ids))) + b"".join(self.key_ids)


@dataclass(frozen=True, repr=False)
class Envelope:
    """The parts of one sealed ballot."""

    header: Header
    slots: tuple[bytes, ...]
    nonce: bytes
    commitment: bytes
    ciphertext: bytes


def header_for(public_keys: Sequence[bytes], needed: int) -> Header:
    """The header of envelopes for these officers; raises OfficersUnfit."""
    header = Header(needed, tuple(key_id(public_key) for public_key in public_keys))
    if not _is_fit(header):
        raise OfficersUnfit
    return header


def key_id(public_key: bytes) -> bytes:
    """The short name of a public key."""
    return hashlib.sha256(public_key).digest()[:_KEY_ID_LENGTH]


def groups(header: Header) -> list[tuple[int, ...]]:
    """Every smallest group of officers, by place, that may open; in the order of the slots."""
    return list(itertools.combinations(range(len(header.key_ids)), header.needed))


def length(officers: int, needed: int, ciphertext_length: int) -> int:
    """The length of an envelope."""
    slots_length = math.comb(officers, needed) * _slot_length(needed)
    header_length = _FIXED_HEADER_LENGTH + officers * _KEY_ID_LENGTH
    return header_length + slots_length + _NONCE_LENGTH + _COMMITMENT_LENGTH + ciphertext_length


def write(envelope: Envelope) -> bytes:
    """The envelope's bytes."""
    parts = (envelope.header.spelled, *envelope.slots, envelope.nonce, envelope.commitment)
    return b"".join(parts) + envelope.ciphertext


def read(sealed: bytes) -> Envelope:
    """The parts of an envelope; raises EnvelopeUnknown where the form is not right."""
    header = _read_header(sealed)
    if len(sealed) < length(len(header.key_ids), header.needed, TAG_LENGTH):
        raise EnvelopeUnknown
    slot_lengths = [_slot_length(header.needed)] * len(groups(header))
    lengths = [len(header.spelled), *slot_lengths, _NONCE_LENGTH, _COMMITMENT_LENGTH]
    _, *slots, nonce, commitment, ciphertext = _cut(sealed, lengths)
    return Envelope(header, tuple(slots), nonce, commitment, ciphertext)


def _read_header(sealed: bytes) -> Header:
    if len(sealed) < _FIXED_HEADER_LENGTH or sealed[0] != VERSION:
        raise EnvelopeUnknown
    needed, officers = sealed[1], sealed[2]
    _, *key_ids, _ = _cut(sealed, [_FIXED_HEADER_LENGTH, *[_KEY_ID_LENGTH] * officers])
    header = Header(needed, tuple(key_ids))
    if not _is_fit(header):
        raise EnvelopeUnknown
    return header


def _is_fit(header: Header) -> bool:
    officers = len(header.key_ids)
    is_distinct = len(set(header.key_ids)) == officers
    return is_distinct and 1 <= header.needed <= officers <= MOST_OFFICERS


def _slot_length(needed: int) -> int:
    return KEY_LENGTH + hybrid.ADDED_LENGTH * needed


def _cut(sealed: bytes, lengths: list[int]) -> list[bytes]:
    """The pieces of the given lengths, and the rest."""
    ends = list(itertools.accumulate(lengths, initial=0))
    return [sealed[start:end] for start, end in itertools.pairwise(ends)] + [sealed[ends[-1] :]]
