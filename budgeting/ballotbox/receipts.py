"""The voter's receipt: 100 bits of SHA-256 of the sealed ballot, as 20 signs.

It shows that the sealed ballot is in the box and on the board. It cannot show what is in
it: the same choices sealed twice give two receipts that have nothing in common.
"""

import hashlib

from budgeting.ballotbox import crockford
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

RECEIPT_SIGNS = 20
_DROPPED_BITS = 256 - RECEIPT_SIGNS * crockford.BITS_IN_A_SIGN


class ReceiptRefused(Refusal):
    """What was typed is not a receipt."""

    message = N_("Kvitteringen kan ikke læses. Skriv den, som du fik den.")
    field = "receipt"


class ReceiptMissing(ReceiptRefused):
    """Nothing was typed."""

    message = N_("Skriv din kvittering. Den har 20 tegn i fem grupper.")


class ReceiptHasWrongLength(ReceiptRefused):
    """Some signs are missing, or there are too many."""

    message = N_("Kvitteringen har 20 tegn i fem grupper. Du har skrevet %(written)s.")


class ReceiptHasUnknownSign(ReceiptRefused):
    """A sign that no receipt has."""

    message = N_("Tegnet „%(sign)s“ findes ikke i kvitteringer. Se efter, hvad der står.")


def receipt_of(sealed: bytes) -> str:
    """The receipt of a sealed ballot, in five groups of four."""
    return receipt_of_entry(hashlib.sha256(sealed).digest())


def receipt_of_entry(entry: bytes) -> str:
    """The receipt that belongs to an entry on the board (SHA-256 of a sealed ballot)."""
    number = int.from_bytes(entry, "big") >> _DROPPED_BITS
    return crockford.in_groups(crockford.write(number, RECEIPT_SIGNS))


def parse(text: str) -> str:
    """What a person typed, as the receipt is written; raises a ReceiptRefused."""
    signs = _read(text)
    if not signs:
        raise ReceiptMissing
    if len(signs) != RECEIPT_SIGNS:
        raise ReceiptHasWrongLength(written=len(signs))
    return crockford.in_groups(signs)


def _read(text: str) -> str:
    try:
        return crockford.read(text)
    except crockford.UnknownSign as unknown:
        raise ReceiptHasUnknownSign(sign=unknown.sign) from None
