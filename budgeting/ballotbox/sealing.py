"""The double envelope: seals a ballot so that any `needed` of the officers open it together.

A random content key seals the padded ballot. For each sufficient group of officers, say
i < j, the content key lies in a slot as HPKE_i(HPKE_j(key)): both must lend their keys.
What the envelope looks like in bytes stands in envelope.py.

`context` (the rulebook's fingerprint and the pot) is bound to every layer, so an envelope
cannot be moved to another pot or round. The commitment makes sure that every group that can
open the envelope finds the same ballot in it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from budgeting.ballotbox import envelope, hybrid, padding
from budgeting.ballotbox.envelope import Envelope, EnvelopeRefused, EnvelopeTampered, Header
from budgeting.ballotbox.officer_keys import PrivateKey
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

_SLOT_LABEL = b"borgerbudget ballot slot 1\0"
_SEAL_LABEL = b"borgerbudget ballot seal 1\0"
_COMMIT_LABEL = b"borgerbudget ballot commitment 1\0"


class TooFewKeys(EnvelopeRefused):
    """Not enough officers have lent their keys."""

    message = N_("Der skal %(needed)s nøgler til at åbne stemmeurnen. Der er %(given)s.")


class WrongOfficerKey(EnvelopeRefused):
    """A key does not belong to the officer whose place it takes."""

    message = N_("En af nøglerne hører ikke til denne stemmeurne.")


class UnusableOfficerKey(Refusal):
    """A public key that cannot be sealed to."""

    message = N_("En nøglepersons nøgle kan ikke bruges. Lad personen lave en ny.")


def seal(
    choices_bytes: bytes,
    public_keys: Sequence[bytes],
    needed: int,
    context: bytes,
    size: int,
) -> bytes:
    """The envelope of a ballot, padded to `size`, that any `needed` of the keys open."""
    header = envelope.header_for(public_keys, needed)
    padded = padding.pad(choices_bytes, size)
    content_key, nonce = secrets.token_bytes(envelope.KEY_LENGTH), secrets.token_bytes(12)
    slots = tuple(
        _wrap(content_key, public_keys, group, _slot_info(header, context))
        for group in envelope.groups(header)
    )
    bound = _bound(header, slots, nonce, context)
    commitment = _derive(content_key, _COMMIT_LABEL, bound)
    cipher = AESGCM(_derive(content_key, _SEAL_LABEL, bound))
    return envelope.write(
        Envelope(header, slots, nonce, commitment, cipher.encrypt(nonce, padded, commitment))
    )


def check_keys(
    private_keys: Mapping[int, PrivateKey], public_keys: Sequence[bytes], needed: int
) -> None:
    """Raise TooFewKeys or WrongOfficerKey unless these keys open this box.

    Ask once, before the first envelope: then whatever `open_sealed` refuses is the fault of
    that envelope, whose header may be altered too, and not of the officers.
    """
    _first_sufficient_group(envelope.header_for(public_keys, needed), private_keys)


def open_sealed(sealed: bytes, private_keys: Mapping[int, PrivateKey], context: bytes) -> bytes:
    """The ballot in an envelope; the keys stand under their place among the public keys.

    Raises a named Refusal: TooFewKeys, WrongOfficerKey, EnvelopeUnknown, or EnvelopeTampered
    where any byte was altered or the envelope belongs to another pot or round.
    """
    opened = envelope.read(sealed)
    group = _first_sufficient_group(opened.header, private_keys)
    slot = opened.slots[envelope.groups(opened.header).index(group)]
    content_key = _unwrap(slot, private_keys, group, _slot_info(opened.header, context))
    bound = _bound(opened.header, opened.slots, opened.nonce, context)
    if not hmac.compare_digest(opened.commitment, _derive(content_key, _COMMIT_LABEL, bound)):
        raise EnvelopeTampered
    cipher = AESGCM(_derive(content_key, _SEAL_LABEL, bound))
    return padding.unpad(_decrypt(cipher, opened))


def sealed_length(size: int, officers: int, needed: int) -> int:
    """How long every envelope of a pot is, in bytes."""
    return envelope.length(officers, needed, size + envelope.TAG_LENGTH)


def _wrap(
    content_key: bytes, public_keys: Sequence[bytes], group: tuple[int, ...], info: bytes
) -> bytes:
    wrapped = content_key
    for officer in reversed(group):
        wrapped = _seal_layer(wrapped, public_keys[officer], info + bytes((*group, officer)))
    return wrapped


def _seal_layer(wrapped: bytes, public_key: bytes, info: bytes) -> bytes:
    try:
        return hybrid.seal_to(public_key, wrapped, info)
    except ValueError:
        raise UnusableOfficerKey from None


def _unwrap(
    slot: bytes, private_keys: Mapping[int, PrivateKey], group: tuple[int, ...], info: bytes
) -> bytes:
    wrapped = slot
    try:
        for officer in group:
            wrapped = private_keys[officer].opens(wrapped, info + bytes((*group, officer)))
    except InvalidTag:
        raise EnvelopeTampered from None
    return wrapped


def _decrypt(cipher: AESGCM, opened: Envelope) -> bytes:
    try:
        return cipher.decrypt(opened.nonce, opened.ciphertext, opened.commitment)
    except InvalidTag:
        raise EnvelopeTampered from None


def _first_sufficient_group(
    header: Header, private_keys: Mapping[int, PrivateKey]
) -> tuple[int, ...]:
    for officer, private_key in private_keys.items():
        is_an_officer = 0 <= officer < len(header.key_ids)
        if not is_an_officer or envelope.key_id(private_key.public_key) != header.key_ids[officer]:
            raise WrongOfficerKey
    if len(private_keys) < header.needed:
        raise TooFewKeys(needed=header.needed, given=len(private_keys))
    return tuple(sorted(private_keys)[: header.needed])


def _slot_info(header: Header, context: bytes) -> bytes:
    return _SLOT_LABEL + header.spelled + hashlib.sha256(context).digest()


def _bound(header: Header, slots: tuple[bytes, ...], nonce: bytes, context: bytes) -> bytes:
    return header.spelled + b"".join(slots) + nonce + hashlib.sha256(context).digest()


def _derive(content_key: bytes, label: bytes, bound: bytes) -> bytes:
    return hmac.digest(content_key, label + bound, "sha256")
