"""Receipts: the same envelope always gives the same one, and it reads back as it was typed."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.ballotbox import board, crockford, receipts


def test_a_receipt_is_twenty_signs_in_five_groups():
    assert receipts.receipt_of(b"sealed") == "S780-6TZD-CX2B-SQV9-5Z4R"


def test_a_receipt_is_the_first_hundred_bits_of_sha_256():
    first_bits = int.from_bytes(hashlib.sha256(b"abc").digest()[:13], "big") >> 4
    spelled = "".join(crockford.SIGNS[(first_bits >> place) & 31] for place in range(95, -1, -5))

    assert receipts.receipt_of(b"abc").replace("-", "") == spelled


def test_the_board_entry_of_an_envelope_gives_the_same_receipt():
    assert receipts.receipt_of_entry(board.entry_of(b"sealed")) == receipts.receipt_of(b"sealed")


@given(st.binary())
def test_a_receipt_typed_in_lower_case_without_dashes_reads_back(sealed):
    receipt = receipts.receipt_of(sealed)

    assert receipts.parse(receipt.lower().replace("-", " ")) == receipt


@pytest.mark.parametrize(
    ("typed", "refusal", "words"),
    [
        ("", receipts.ReceiptMissing, "Skriv din kvittering."),
        ("ABCD", receipts.ReceiptHasWrongLength, "Du har skrevet 4."),
        ("ABCD-ABCD-ABCD-ABCD-ABC*", receipts.ReceiptHasUnknownSign, "„*“"),
    ],
)
def test_a_refusal_says_what_to_do(typed, refusal, words):
    with pytest.raises(refusal) as caught:
        receipts.parse(typed)

    assert words in str(caught.value)
