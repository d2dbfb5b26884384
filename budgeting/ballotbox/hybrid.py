"""Hybrid public-key encryption (HPKE, RFC 9180): the one suite that seals and opens here.

X25519, HKDF-SHA-256 and AES-256-GCM, all from the `cryptography` package. It tells nobody
who sealed, and every sealing of the same text looks different.
"""

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
PUBLIC_KEY_LENGTH = 32
ADDED_LENGTH = 48  # 32 bytes of encapsulated key and 16 bytes of tag


def seal_to(public_key: bytes, plaintext: bytes, info: bytes) -> bytes:
    """The text sealed to one key and bound to `info`; ValueError where the key is no key."""
    return SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public_key), info)
