"""Reads an amount as people write it: ``125.000``, ``125000``, ``125 000,50 kr.``."""

import re

HIGHEST_OERE = 10_000_000_000 * 100
SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
CURRENCY = re.compile(r"^(kr\.?|dkk)|(kr\.?|kroner|dkk)$", re.IGNORECASE)
DANISH = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(\d{1,2}|-+))?", re.ASCII)
ENGLISH = re.compile(r"(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)


class NotAnAmount(ValueError):
    """What was written cannot be read as an amount."""


class BelowZero(NotAnAmount):
    """The amount is negative."""


class TooLarge(NotAnAmount):
    """The amount is larger than any pot can be."""


def read_oere(text: str, *, english: bool = False) -> int:
    """Return the amount in oere, or raise the NotAnAmount that tells what is wrong with it.

    Danish signs are always understood; a reader of English may also write ``125,000.50``.
    """
    written = _without_currency(text)
    if re.match(r"[-\u2212\u2013]\s*\d", written):
        raise BelowZero(text)
    found = DANISH.fullmatch(written) or (ENGLISH.fullmatch(written) if english else None)
    if not found:
        raise NotAnAmount(text)
    oere = _oere(found[1], found[2])
    if oere > HIGHEST_OERE:
        raise TooLarge(text)
    return oere


def _without_currency(text: str) -> str:
    written = SPACES.sub(" ", text).strip()
    written = CURRENCY.sub("", written).strip()
    return CURRENCY.sub("", written).strip()


def _oere(whole: str, part: str | None) -> int:
    kroner = int(re.sub(r"\D", "", whole)[:20])
    decimals = (part or "").strip("-")
    return kroner * 100 + int(decimals.ljust(2, "0"))
