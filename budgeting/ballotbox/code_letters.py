"""The code in a voter's letter: 16 signs that find the voter, prove it is them, show a slip.

    K7QX-9R2M-4TBD-83VH      5 signs locator, 10 signs secret, 1 check sign

The locator finds the row on the roll and is stored as it is. Of the secret only an argon2id
hash is stored; the code itself is shown once, in the letter.
"""

import secrets
from collections.abc import Callable, Container
from dataclasses import dataclass, field

from budgeting.ballotbox import check_sign, crockford, stretching
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

LOCATOR_SIGNS = 5
SECRET_SIGNS = 10
CODE_SIGNS = LOCATOR_SIGNS + SECRET_SIGNS + 1
RANDOM_BITS = crockford.BITS_IN_A_SIGN * (LOCATOR_SIGNS + SECRET_SIGNS)


class CodeRefused(Refusal):
    """What was typed is not a code."""

    message = N_("Koden kan ikke læses. Skriv den, som den står i brevet.")
    field = "code"


class CodeMissing(CodeRefused):
    """Nothing was typed."""

    message = N_("Skriv koden fra dit brev. Den har 16 tegn i fire grupper.")


class CodeHasWrongLength(CodeRefused):
    """Some signs are missing, or there are too many."""

    message = N_("Koden har 16 tegn i fire grupper. Du har skrevet %(written)s.")


class CodeHasUnknownSign(CodeRefused):
    """A sign that no code has."""

    message = N_("Tegnet „%(sign)s“ findes ikke i koder. Se i brevet, hvad der står.")


class CodeMistyped(CodeRefused):
    """The check sign does not fit: a slip of the finger."""

    message = N_("Der er en tastefejl i koden. Sammenlign den med brevet, tegn for tegn.")


@dataclass(frozen=True)
class CodeLetter:
    """A new code: `text` goes in the letter, and only a hash of `secret` is stored."""

    locator: str
    secret: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True)
class ParsedCode:
    """A typed code that hangs together; whether it is right, only the hash can tell."""

    locator: str
    secret: str = field(repr=False)


def make_code(
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    *,
    taken: Container[str] = frozenset(),
) -> CodeLetter:
    """A fresh random code whose locator is not among those taken."""
    signs = _random_signs(random_bytes)
    while signs[:LOCATOR_SIGNS] in taken:
        signs = _random_signs(random_bytes)
    whole = signs + check_sign.check_sign_of(signs)
    return CodeLetter(signs[:LOCATOR_SIGNS], signs[LOCATOR_SIGNS:], crockford.in_groups(whole))


def parse(text: str) -> ParsedCode:
    """What a person typed, read forgivingly; raises a CodeRefused that says what to do."""
    signs = _read(text)
    if not signs:
        raise CodeMissing
    if len(signs) != CODE_SIGNS:
        raise CodeHasWrongLength(written=len(signs))
    if not check_sign.is_whole(signs):
        raise CodeMistyped
    return ParsedCode(signs[:LOCATOR_SIGNS], signs[LOCATOR_SIGNS:-1])


def hash_secret(secret: str, cost: stretching.Cost = stretching.FOR_CODES) -> str:
    """What is stored instead of the secret."""
    return stretching.hash_text(secret, cost)


def verify_secret(stored_hash: str, secret: str) -> bool:
    """Whether the typed secret is the one in the letter."""
    return stretching.verify_text(stored_hash, secret)


def _random_signs(random_bytes: Callable[[int], bytes]) -> str:
    number = int.from_bytes(random_bytes(RANDOM_BITS // 8 + 1), "big")
    return crockford.write(number, LOCATOR_SIGNS + SECRET_SIGNS)


def _read(text: str) -> str:
    try:
        return crockford.read(text)
    except crockford.UnknownSign as unknown:
        raise CodeHasUnknownSign(sign=unknown.sign) from None
