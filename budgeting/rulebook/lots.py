"""The lot: its seed is drawn before anyone votes, and only the seed's fingerprint is told.

When the result is published the seed is told too, and anyone can see that it is the one that
was drawn then.
"""

import hashlib


def commitment(lot_seed: str) -> str:
    """Return the public fingerprint of a lot's seed: SHA-256 in hexadecimal."""
    return hashlib.sha256(lot_seed.encode()).hexdigest()
