"""The order projects are shown in: different from visitor to visitor, the same for each of them.

Nobody is helped by a name early in the alphabet or by being first to propose. A visitor
carries a small number; the projects are ordered by SHA-256("number:project id"), so that
anyone can check that nothing but the number decides. There are so few numbers that they
tell nobody apart.
"""

import hashlib
from collections.abc import Iterable
from typing import Protocol, TypeVar

NUMBERS = 1_000


class OnTheBallot(Protocol):
    """What is known on the ballot by an id."""

    @property
    def ballot_id(self) -> str:
        """The id on the ballot."""


Listed = TypeVar("Listed", bound=OnTheBallot)


def in_order_of(number: int, listed: Iterable[Listed]) -> list[Listed]:
    """Return what is listed in the order of a visitor with this number."""
    return sorted(listed, key=lambda one: (_lot(number, one.ballot_id), one.ballot_id))


def _lot(number: int, ballot_id: str) -> bytes:
    return hashlib.sha256(f"{number}:{ballot_id}".encode()).digest()
