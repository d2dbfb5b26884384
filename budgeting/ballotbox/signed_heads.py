"""Signed tree heads: the platform's word, at a moment, on how long the board is and its root.

Ed25519 over canonical JSON. Whoever has kept a head can show later, with a consistency
proof, that nothing before it was taken away; and without one, that something was.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from budgeting import canonical
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

_KIND = "borgerbudget tree head 1"
_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class HeadForged(Refusal):
    """The signature does not fit, or what was signed is not a tree head."""

    message = N_("Underskriften på tavlen passer ikke. Tavlen kan være ændret.")


@dataclass(frozen=True)
class TreeHead:
    """How the board of one pot stood: `budget_round` is its rulebook's fingerprint, `time` is UTC."""

    budget_round: str
    pot: str
    size: int
    root: bytes
    time: datetime

    def to_bytes(self) -> bytes:
        """The canonical JSON that is signed and published."""
        if self.time.tzinfo is None:
            raise ValueError("the time of a tree head needs a time zone")
        return canonical.encode(
            {
                "kind": _KIND,
                "round": self.budget_round,
                "pot": self.pot,
                "size": self.size,
                "root": self.root.hex(),
                "time": self.time.astimezone(UTC).strftime(_TIME_FORMAT),
            }
        )


def make_signing_key() -> bytes:
    """A fresh secret signing key (32 bytes), kept in the instance folder."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def verifying_key_of(signing_key: bytes) -> bytes:
    """The public key (32 bytes) that anyone checks signatures with."""
    private_key = Ed25519PrivateKey.from_private_bytes(signing_key)
    return private_key.public_key().public_bytes_raw()


def sign(head: TreeHead, signing_key: bytes) -> bytes:
    """The signature (64 bytes) of a head."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).sign(head.to_bytes())


def verify(head_bytes: bytes, signature: bytes, verifying_key: bytes) -> TreeHead:
    """The head that was signed; raises HeadForged."""
    try:
        Ed25519PublicKey.from_public_bytes(verifying_key).verify(signature, head_bytes)
        head = _read(canonical.decode(head_bytes))
        is_exact = head.to_bytes() == head_bytes
    except (InvalidSignature, ValueError, KeyError, TypeError):
        raise HeadForged from None
    if not is_exact:
        raise HeadForged
    return head


def _read(spelled: dict[str, str]) -> TreeHead:
    return TreeHead(
        budget_round=spelled["round"],
        pot=spelled["pot"],
        size=int(spelled["size"]),
        root=bytes.fromhex(spelled["root"]),
        time=datetime.strptime(spelled["time"], _TIME_FORMAT).replace(tzinfo=UTC),
    )
