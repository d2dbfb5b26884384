"""The demo's passwords and codes: made from their place alone, so that they can be shown.

In a real round codes are random, shown once and never stored. These are for show, which is
why the demo's pages exist only where DEMO is set.
"""

import hashlib
from functools import cache

from budgeting.ballotbox import code_letters
from budgeting.ballotbox.code_letters import CodeLetter

PASSWORD = "velkommen til demoen"  # noqa: S105 - printed for everyone to use
PASSPHRASE = "bænken i parken står klar"  # noqa: S105 - the same
SHOWN_CODES = 3


@cache
def code_of(slug: str, roll_number: str) -> CodeLetter:
    """Return the code of a voter of the demo."""

    def drawn(length: int) -> bytes:
        return hashlib.sha256(f"demo {slug} {roll_number}".encode()).digest()[:length]

    return code_letters.make_code(drawn)
