"""What the ballot box's tests need: three officers' keys, and a cost that costs nothing."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from budgeting.ballotbox import stretching
from budgeting.ballotbox.officer_keys import PrivateKey


@pytest.fixture(scope="session")
def cheap():
    return stretching.Cost(rounds=1, memory_kib=8, lanes=1)


@pytest.fixture(scope="session")
def officers():
    """Three unlocked keys that are the same in every run, under their places."""
    keys = (X25519PrivateKey.from_private_bytes(bytes([place]) * 32) for place in (1, 2, 3))
    return dict(enumerate(PrivateKey(key) for key in keys))


@pytest.fixture(scope="session")
def public_keys(officers):
    return [officer.public_key for officer in officers.values()]
