"""The address of a round, made from its title: ``Fællesskab i Ørby`` gives ``faellesskab-i-oerby``."""

import re
import unicodedata
from collections.abc import Container

DANISH = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ð": "d"}
)
LONGEST = 60
WITHOUT_LETTERS = "runde"
# Words that stand where a round's name would stand in an address.
RESERVED = frozenset({"ny", "nyt", "kommunen"})


def slug_of(title: str) -> str:
    """Return the title in the small letters, digits and dashes of an address."""
    folded = unicodedata.normalize("NFC", title).casefold().translate(DANISH)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:LONGEST].strip("-") or WITHOUT_LETTERS


def free_slug(title: str, taken: Container[str]) -> str:
    """Return the title's address, or the next one with a number where it is taken."""
    slug = slug_of(title)
    number = 1
    candidate = slug
    while candidate in taken or candidate in RESERVED:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
