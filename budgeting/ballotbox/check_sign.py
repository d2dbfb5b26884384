"""The check sign of a code: finds every single wrong sign and every swap of two signs.

The signs are numbers in the field of 32 elements (polynomial x^5 + x^2 + 1, whose root `a`
has order 31). A code s1 ... s16 is whole when the sum of s_i * a^(16 - i) is zero. A wrong
sign adds something that is not zero. Swapping two unlike signs adds their difference times
the difference of two unlike powers of `a`, which is not zero either, neighbours or not.
This is the idea of a Reed-Solomon code with a single check sign (Reed and Solomon, 1960).
"""

from budgeting.ballotbox.crockford import SIGNS

_POLYNOMIAL = 0b100101


def check_sign_of(signs: str) -> str:
    """The sign that makes `signs` (at most 30 of them) whole when it is put last."""
    return SIGNS[_times_a(_weighed(signs))]


def is_whole(signs: str) -> bool:
    """Whether the last sign is the check sign of those before it."""
    return _weighed(signs) == 0


def _weighed(signs: str) -> int:
    total = 0
    for sign in signs:
        total = _times_a(total) ^ SIGNS.index(sign)
    return total


def _times_a(element: int) -> int:
    doubled = element << 1
    return doubled ^ _POLYNOMIAL if doubled & 32 else doubled
