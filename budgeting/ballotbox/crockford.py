"""Crockford's base32: 32 signs that people can read aloud and type without mistakes.

Source: Douglas Crockford, "Base 32", https://www.crockford.com/base32.html. The letters
I, L, O and U are left out; we read what people write instead of them.
"""

import unicodedata

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS_IN_A_SIGN = 5
GROUP = 4
LONGEST_TEXT_READ = 200

_READ_AS = {sign: sign for sign in SIGNS} | {"O": "0", "Ø": "0", "I": "1", "L": "1", "U": "V"}
_READ_AS |= {sign.lower(): read for sign, read in _READ_AS.items()}
_SKIPPED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Pd", "Cc", "Cf"})


class UnknownSign(ValueError):
    """A sign that no Crockford sign looks like; `sign` is the one the person wrote."""

    def __init__(self, sign: str) -> None:
        """Keep the sign for the sentence the person is shown."""
        super().__init__()
        self.sign = sign


def write(number: int, count: int) -> str:
    """The last `count` * 5 bits of a number as `count` signs."""
    places = range(BITS_IN_A_SIGN * (count - 1), -1, -BITS_IN_A_SIGN)
    return "".join(SIGNS[(number >> place) & 31] for place in places)


def read(text: str) -> str:
    """The signs a person meant: no spaces or dashes, upper case, O as 0, I and L as 1, U as V."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST_TEXT_READ])
    written = (sign for sign in folded if unicodedata.category(sign) not in _SKIPPED_CATEGORIES)
    return "".join(_read_sign(sign) for sign in written)


def in_groups(signs: str) -> str:
    """Signs in groups of four with dashes between them."""
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def _read_sign(sign: str) -> str:
    if sign not in _READ_AS:
        raise UnknownSign(sign)
    return _READ_AS[sign]
