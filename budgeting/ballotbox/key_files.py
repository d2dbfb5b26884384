"""A locked officer's key as a file of text: for rounds where the platform keeps no keys."""

import base64
import binascii
import textwrap

from budgeting.ballotbox import officer_keys
from budgeting.ballotbox.officer_keys import KeyDamaged, OfficerKeyPair

_FIRST = "-----BORGERBUDGET KEY 1-----"
_LAST = "-----END OF KEY-----"
_LONGEST_FILE_READ = 10_000


def to_text(pair: OfficerKeyPair) -> str:
    """The file: the key's fingerprint to recognise it by, and the locked key in base64."""
    encoded = base64.b64encode(pair.locked_private_key).decode("ascii")
    lines = [
        f"Borgerbudget: {officer_keys.fingerprint(pair.public_key)}",
        _FIRST,
        *textwrap.wrap(encoded, 64),
        _LAST,
    ]
    return "\n".join(lines) + "\n"


def from_text(text: str) -> OfficerKeyPair:
    """The pair in a file; raises KeyDamaged for anything else."""
    lines = [line.strip() for line in text[:_LONGEST_FILE_READ].splitlines()]
    if lines.count(_FIRST) != 1 or lines.count(_LAST) != 1:
        raise KeyDamaged
    encoded = "".join(lines[lines.index(_FIRST) + 1 : lines.index(_LAST)])
    try:
        return officer_keys.read_locked(base64.b64decode(encoded, validate=True))
    except (binascii.Error, ValueError):
        raise KeyDamaged from None
