"""An officer's key pair: anyone can seal to the public half, a passphrase locks the other.

The locked private key, version 1, is 145 bytes:

    "BBK1" | rounds 4 | memory 4 | lanes 1 | salt 16 | nonce 12 | public key 32
           | AES-256-GCM of the private key 48 | first 24 bytes of SHA-256 of all before

Argon2id makes the AES key out of passphrase and salt. Everything before the encrypted part
is bound to it. The check sum tells a damaged file from a mistyped passphrase.
"""

import hashlib
import secrets
import struct
from dataclasses import dataclass, field
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from budgeting.ballotbox import crockford, hybrid, passphrases, stretching
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

_HEAD = struct.Struct(">4sIIB16s12s32s")
_MARK = b"BBK1"
_ENCRYPTED_LENGTH = 48
_CHECK_SUM_LENGTH = 24
_LOCKED_LENGTH = _HEAD.size + _ENCRYPTED_LENGTH + _CHECK_SUM_LENGTH
_FINGERPRINT_SIGNS = 16
# Above this a forged file could stall or fill the machine that tries to open it.
_DEAREST = stretching.Cost(rounds=64, memory_kib=1024 * 1024, lanes=16)


class KeyRefused(Refusal):
    """The locked key cannot be opened."""

    message = N_("Nøglen kan ikke åbnes.")


class WrongPassphrase(KeyRefused):
    """The passphrase is not the one that locked the key."""

    message = N_(
        "Adgangssætningen passer ikke til nøglen. Prøv igen, "
        "og se efter store bogstaver og mellemrum."
    )
    field = "passphrase"


class KeyDamaged(KeyRefused):
    """The bytes are not a locked key, or not all of one, or have been altered."""

    message = N_("Nøglen er beskadiget eller ufuldstændig. Find den oprindelige nøgle frem.")


class PrivateKey:
    """An unlocked private key: opens what was sealed to it, and never shows itself."""

    __slots__ = ("_key", "public_key")

    def __init__(self, key: X25519PrivateKey) -> None:
        """Keep the key out of sight beside its public half."""
        self._key = key
        self.public_key = key.public_key().public_bytes_raw()

    def opens(self, sealed: bytes, info: bytes) -> bytes:
        """What was sealed to this key with this `info`; InvalidTag if it was not."""
        return hybrid.SUITE.decrypt(sealed, self._key, info)

    def handed_over(self) -> bytes:
        """The bare key, for the pipe to the process that opens the box; never for anything kept."""
        return self._key.private_bytes_raw()

    @classmethod
    def taken_over(cls, raw: bytes) -> "PrivateKey":
        """The key as it came through the pipe."""
        return cls(X25519PrivateKey.from_private_bytes(raw))

    def __repr__(self) -> str:
        """Name the key by its public fingerprint."""
        return f"<PrivateKey {fingerprint(self.public_key)}>"

    def __reduce__(self) -> NoReturn:
        """Refuse copies and pickles: they end in caches, sessions and logs."""
        raise TypeError("an unlocked private key is neither copied nor stored")


@dataclass(frozen=True)
class OfficerKeyPair:
    """What is kept of an officer's key: the public half, and the locked private half."""

    public_key: bytes
    locked_private_key: bytes = field(repr=False)


def make_key(passphrase: str, cost: stretching.Cost = stretching.FOR_PASSPHRASES) -> OfficerKeyPair:
    """A fresh key pair locked with a passphrase; raises PassphraseRefused for a weak one."""
    passphrases.check(passphrase)
    private_key = X25519PrivateKey.generate()
    public_key = private_key.public_key().public_bytes_raw()
    head = _head_of(cost, public_key)
    nonce = _HEAD.unpack(head)[5]
    lock = AESGCM(_lock_key(passphrase, head))
    locked = head + lock.encrypt(nonce, private_key.private_bytes_raw(), head)
    return OfficerKeyPair(public_key, locked + _check_sum(locked))


def unlock(locked_private_key: bytes, passphrase: str) -> PrivateKey:
    """The private key; raises WrongPassphrase, or KeyDamaged where no passphrase can help."""
    head = _sound_head(locked_private_key)
    encrypted = locked_private_key[_HEAD.size : -_CHECK_SUM_LENGTH]
    nonce, public_key = _HEAD.unpack(head)[5:]
    try:
        raw = AESGCM(_lock_key(passphrase, head)).decrypt(nonce, encrypted, head)
    except InvalidTag:
        raise WrongPassphrase from None
    private_key = PrivateKey(X25519PrivateKey.from_private_bytes(raw))
    if private_key.public_key != public_key:
        raise KeyDamaged
    return private_key


def read_locked(locked_private_key: bytes) -> OfficerKeyPair:
    """The pair a locked key belongs to, without unlocking it; raises KeyDamaged."""
    public_key = _HEAD.unpack(_sound_head(locked_private_key))[6]
    return OfficerKeyPair(public_key, locked_private_key)


def fingerprint(public_key: bytes) -> str:
    """16 signs in four groups that two people can compare aloud."""
    number = int.from_bytes(hashlib.sha256(public_key).digest(), "big")
    bits = _FINGERPRINT_SIGNS * crockford.BITS_IN_A_SIGN
    return crockford.in_groups(crockford.write(number >> (256 - bits), _FINGERPRINT_SIGNS))


def _head_of(cost: stretching.Cost, public_key: bytes) -> bytes:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    return _HEAD.pack(_MARK, cost.rounds, cost.memory_kib, cost.lanes, salt, nonce, public_key)


def _lock_key(passphrase: str, head: bytes) -> bytes:
    _, rounds, memory_kib, lanes, salt, _, _ = _HEAD.unpack(head)
    cost = stretching.Cost(rounds, memory_kib, lanes)
    return stretching.derive_key(passphrases.read(passphrase), salt, cost)


def _sound_head(locked: bytes) -> bytes:
    body, check_sum = locked[:-_CHECK_SUM_LENGTH], locked[-_CHECK_SUM_LENGTH:]
    if len(locked) != _LOCKED_LENGTH or _check_sum(body) != check_sum:
        raise KeyDamaged
    mark, rounds, memory_kib, lanes = _HEAD.unpack(locked[: _HEAD.size])[:4]
    if mark != _MARK or not _is_bearable(stretching.Cost(rounds, memory_kib, lanes)):
        raise KeyDamaged
    return locked[: _HEAD.size]


def _is_bearable(cost: stretching.Cost) -> bool:
    return (
        1 <= cost.rounds <= _DEAREST.rounds
        and 1 <= cost.lanes <= _DEAREST.lanes
        and 8 * cost.lanes <= cost.memory_kib <= _DEAREST.memory_kib
    )


def _check_sum(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:_CHECK_SUM_LENGTH]
