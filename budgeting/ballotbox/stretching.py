"""Argon2id (RFC 9106) with the cost passed in: it makes guessing a secret dear."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from argon2.low_level import Type, hash_secret_raw

KEY_LENGTH = 32


@dataclass(frozen=True)
class Cost:
    """What one guess costs: rounds, memory in KiB, and lanes that may run side by side."""

    rounds: int
    memory_kib: int
    lanes: int


# A code's secret has 50 random bits: at a millisecond a guess, a stolen hash still takes
# thousands of years, and 100,000 letters are made in minutes.
FOR_CODES = Cost(rounds=1, memory_kib=8 * 1024, lanes=1)
# A passphrase is chosen by a person, so the second recommendation of RFC 9106, section 4.
FOR_PASSPHRASES = Cost(rounds=3, memory_kib=64 * 1024, lanes=4)


def hash_text(secret: str, cost: Cost) -> str:
    """The secret's argon2id hash with a fresh salt, in the PHC text form."""
    return _hasher(cost).hash(secret)


def verify_text(stored_hash: str, secret: str) -> bool:
    """Whether the secret is the one behind the hash; the hash carries its own cost."""
    try:
        return _hasher(FOR_CODES).verify(stored_hash, secret)
    except VerifyMismatchError:
        return False


def derive_key(secret: str, salt: bytes, cost: Cost) -> bytes:
    """A 32-byte key out of a secret."""
    return hash_secret_raw(
        secret.encode("utf-8"),
        salt,
        time_cost=cost.rounds,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_LENGTH,
        type=Type.ID,
    )


def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(
        time_cost=cost.rounds,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        type=Type.ID,
    )
