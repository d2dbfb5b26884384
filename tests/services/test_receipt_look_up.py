"""The board says that a vote was cast, and never whether its voter has voted again."""

from datetime import UTC, datetime

import pytest

from budgeting.ballotbox import receipts
from budgeting.services import receipt_look_up, voting
from tests import make

NOW = datetime.now(UTC)


def cast(made, nonce):
    return voting.cast(
        voter=made.voters[0], pot=made.pots[0], choices=["1"], form_nonce=nonce, now=NOW
    )


def test_a_receipt_is_found_however_it_is_typed(session):
    made = make.budget_round(session)
    receipt = cast(made, "form-1")
    typed = receipt.lower().replace("-", " ").replace("0", "o")
    assert receipt_look_up.is_on_board(typed, made.budget_round)


def test_the_receipt_of_a_replaced_vote_gets_the_same_answer(session):
    made = make.budget_round(session)
    answers = [
        receipt_look_up.is_on_board(receipt, made.budget_round)
        for receipt in (cast(made, "form-1"), cast(made, "form-2"))
    ]
    assert answers == [True, True]


def test_a_receipt_of_another_round_or_of_nobody_is_not_found(session):
    made = make.budget_round(session)
    other = make.budget_round(session, slug="havnen", voters_in_each_area=0)
    assert not receipt_look_up.is_on_board(cast(made, "form-1"), other.budget_round)
    assert not receipt_look_up.is_on_board("0000-0000-0000-0000-0000", made.budget_round)


@pytest.mark.parametrize("typed", ["", "K7QX", "!!!!-!!!!-!!!!-!!!!-!!!!"])
def test_what_cannot_be_a_receipt_is_refused(session, typed):
    made = make.budget_round(session)
    with pytest.raises(receipts.ReceiptRefused):
        receipt_look_up.is_on_board(typed, made.budget_round)
