"""The house's signature under a text of its own: Ed25519, with the kind of text signed along.

    signed = label + kind + 0x00 + text

The kind stands in what is signed, so that a signature under one kind of text can never be
shown as a signature under another. Tree heads have their own form (signed_heads.py).
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

_LABEL = b"borgerbudget signed text 1\0"


class TextForged(Refusal):
    """The signature does not fit the text, its kind or the key."""

    message = N_("Underskriften passer ikke til teksten.")


def sign(kind: str, text: bytes, signing_key: bytes) -> bytes:
    """The signature (64 bytes) under a text of this kind."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).sign(_signed(kind, text))


def verify(kind: str, text: bytes, signature: bytes, verifying_key: bytes) -> None:
    """Raise TextForged unless the key's owner signed this text as this kind."""
    try:
        Ed25519PublicKey.from_public_bytes(verifying_key).verify(signature, _signed(kind, text))
    except (InvalidSignature, ValueError):
        raise TextForged from None


def _signed(kind: str, text: bytes) -> bytes:
    return _LABEL + kind.encode() + b"\0" + text
