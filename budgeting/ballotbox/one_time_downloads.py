"""What only one browser may open: sealed to a key whose private half the house does not keep."""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from budgeting.ballotbox import hybrid
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

_LABEL = b"borgerbudget one-time download 1\0"


class CannotBeOpenedHere(Refusal):
    """Another browser has the key, or nobody has it any more."""

    message = N_(
        "Filerne kan kun åbnes i den browser, de blev bestilt i, og kun det første døgn. "
        "Lav dem om, hvis den er lukket."
    )


@dataclass(frozen=True)
class OneTimeKey:
    """A key for one download; `private_key` goes to the browser and nowhere else."""

    public_key: bytes
    private_key: bytes = field(repr=False)


def make_key() -> OneTimeKey:
    """A fresh pair."""
    private = X25519PrivateKey.generate()
    return OneTimeKey(private.public_key().public_bytes_raw(), private.private_bytes_raw())


def seal(plaintext: bytes, public_key: bytes, number: int) -> bytes:
    """The piece with this number, sealed."""
    return hybrid.seal_to(public_key, plaintext, _LABEL + str(number).encode())


def open_sealed(sealed: bytes, private_key: bytes, number: int) -> bytes:
    """The piece again, or CannotBeOpenedHere."""
    try:
        private = X25519PrivateKey.from_private_bytes(private_key)
        return hybrid.SUITE.decrypt(sealed, private, _LABEL + str(number).encode())
    except (ValueError, InvalidTag):
        raise CannotBeOpenedHere() from None
