"""The single values of a .pb file: amounts, points and texts, read exactly and with bounds."""

import html
import re
from fractions import Fraction

_NUMBER = re.compile(r"(\d{1,18})(?:[.,](\d{1,12}))?(?:[eE]\+?(\d{1,2}))?", re.ASCII)


class MalformedFile(ValueError):
    """A .pb file that cannot be read: where, and what was expected there."""

    def __init__(self, line: int, message: str) -> None:
        """Keep the line (from 1) and the expectation."""
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


def read_number(text: str) -> Fraction | None:
    """Read ``60000.0``, ``1331751.11`` or ``12,5`` exactly; None if it is no such number."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    whole, decimals, exponent = match.groups()
    decimals = decimals or ""
    power = int(exponent or 0) - len(decimals)
    return Fraction(int(whole + decimals)) * Fraction(10) ** power


def read_amount(text: str, line: int, what: str) -> Fraction:
    """Read an amount of money above zero."""
    amount = read_number(text)
    if amount is None or amount <= 0:
        raise MalformedFile(line, f"expected {what} as a number above zero, found {shown(text)}")
    return amount


def shown(text: str) -> str:
    """A short, harmless quotation of what stands in the file."""
    return repr(text if len(text) <= 40 else text[:37] + "...")


def plain_text(text: str) -> str:
    """A text without HTML entities and without breaks."""
    return " ".join(html.unescape(text).split())


def decimals_of(number: Fraction) -> int:
    """How many decimals a number needs; 0 for whole ones."""
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    return places


def amount_text(amount: int, unit: int) -> str:
    """Write an amount of smallest units in the currency, ``98700`` or ``1331751.11``."""
    whole, rest = divmod(amount, unit)
    if rest == 0:
        return str(whole)
    places = len(str(unit)) - 1
    return f"{whole}.{rest:0{places}d}".rstrip("0")
