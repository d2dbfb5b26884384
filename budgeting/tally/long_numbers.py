"""Keeps exact numbers short where a rule would double their length at every step.

What voters hold is kept exactly up to 1024 bits below the line and then rounded down to a
multiple of 2**-1024. From then on numbers nearer to each other than 2**-512 count as level,
and the outcome says so with the remark ``rounded_to_1024_bits``.
"""

from fractions import Fraction

MOST_BITS, LEVEL_BITS = 1024, 512
LEVEL_WITHIN = Fraction(1, 1 << LEVEL_BITS)
REMARK = "rounded_to_1024_bits"


def is_long(number: Fraction) -> bool:
    """Whether a number has more bits below the line than are kept."""
    return number.denominator.bit_length() > MOST_BITS


def short(number: Fraction) -> Fraction:
    """The number, rounded down where it is long."""
    if not is_long(number):
        return number
    return Fraction((number.numerator << MOST_BITS) // number.denominator, 1 << MOST_BITS)
