"""An uploaded file while it waits in the database: sealed, so that no copy of the database tells.

The key comes from the house's secret key, which is not in the database.
"""

import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

NONCE_LENGTH = 12


def sealed(content: bytes) -> bytes:
    """Return the file as it may be kept."""
    nonce = secrets.token_bytes(NONCE_LENGTH)
    return nonce + AESGCM(_key()).encrypt(nonce, content, None)


def opened(kept: bytes) -> bytes:
    """Return the file as it was uploaded."""
    return AESGCM(_key()).decrypt(kept[:NONCE_LENGTH], kept[NONCE_LENGTH:], None)


def _key() -> bytes:
    stretched = HKDF(SHA256(), length=32, salt=None, info=b"borgerbudget kept files 1")
    return stretched.derive(current_app.config["SECRET_KEY"].encode())
