"""Codes of six digits that change every half minute (RFC 6238, HMAC-SHA1), and their address.

code_at(b"12345678901234567890", 59 // 30) -> "287082"      (RFC 6238, appendix B)
"""

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
SECRET_LENGTH = 20
# A telephone's clock may be half a minute ahead or behind.
STEPS_ASIDE = 1


def make_secret() -> bytes:
    """Return a fresh secret of 160 bits, as long as the hash it is used with."""
    return secrets.token_bytes(SECRET_LENGTH)


def code_at(secret: bytes, step: int) -> str:
    """Return the code of one half minute, counted from 1970."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_of(moment: datetime) -> int:
    """Return the half minute a moment lies in."""
    return int(moment.timestamp()) // STEP_SECONDS


def find_step(secret: bytes, typed: str, now: datetime) -> int | None:
    """Return the half minute the typed code belongs to, near now; None if to none."""
    middle = step_of(now)
    found = None
    for step in range(middle - STEPS_ASIDE, middle + STEPS_ASIDE + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), typed.encode()):
            found = step
    return found


def as_text(secret: bytes) -> str:
    """Return the secret as one types it into a telephone: base32."""
    return base64.b32encode(secret).decode()


def address(secret: bytes, *, issuer: str, account: str) -> str:
    """Return the otpauth address that stands in the QR code."""
    label = quote(f"{issuer}:{account}")
    return f"otpauth://totp/{label}?{urlencode({'secret': as_text(secret), 'issuer': issuer})}"
