"""What looks like a CPR number, however a spreadsheet has spelled it.

Modulus 11 is no test of one. Replacement numbers have 60 added to the day, and a spreadsheet
that takes the number for an amount drops the zero in front of it.
"""

import re
import unicodedata

_NUMBER = re.compile(r"(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(0[1-9]|1[0-2])\d\d\d{4}")
_WITHIN = re.compile(r"(?<!\d)\d{6}[-–— ]?\d{4}(?!\d)")
_SKIPPED = frozenset({"Zs", "Pd", "Cc", "Cf"})
DIGITS = 10


def looks_like_one(number: str) -> bool:
    """Whether the whole of it may be a CPR number."""
    return _NUMBER.fullmatch(as_written_in_full(number)) is not None


def is_within(text: str) -> bool:
    """Whether a CPR number may stand somewhere in a text."""
    return any(looks_like_one(found) for found in _WITHIN.findall(text))


def as_written_in_full(number: str) -> str:
    """Return its signs without spaces and dashes, and with the zero a spreadsheet dropped."""
    folded = unicodedata.normalize("NFKC", number)
    signs = "".join(sign for sign in folded if unicodedata.category(sign) not in _SKIPPED)
    is_short = len(signs) == DIGITS - 1 and signs.isdigit()
    padded = f"0{signs}" if is_short else signs
    return padded if _NUMBER.fullmatch(padded) else signs
