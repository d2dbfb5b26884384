"""Anyone with a receipt may ask whether the vote is in the box."""

from datetime import UTC, datetime

import pytest

from budgeting.services import voting
from budgeting.vocabulary import Phase
from tests import make

ADDRESS = "/runder/nordby-2026/kvittering"
ASK = "Se efter"


def cast(made, nonce):
    return voting.cast(
        voter=made.voters[0],
        pot=made.pots[0],
        choices=["1"],
        form_nonce=nonce,
        now=datetime.now(UTC),
    )


def ask(client, typed, status=200):
    return client.submit(client.read(ADDRESS), {"receipt": typed}, button=ASK, status=status)


def test_a_vote_and_the_one_that_replaced_it_get_the_same_page(client, session):
    made = make.budget_round(session)
    receipts = [cast(made, "form-1"), cast(made, "form-2")]
    pages = [ask(client, receipt) for receipt in receipts]
    assert "Ja, den forseglede stemme er lagt i stemmeurnen" in pages[0].text
    assert pages[0].text == pages[1].text


def test_an_unknown_receipt_is_told_what_to_do(client, session):
    make.budget_round(session)
    assert "Vi finder ikke kvitteringen" in ask(client, "0000-0000-0000-0000-0000").text


@pytest.mark.parametrize("typed", ["", "K7QX", "!"])
def test_what_cannot_be_a_receipt_is_told_at_the_field(client, session, typed):
    make.budget_round(session)
    page = ask(client, typed, status=422)
    assert page.errors
    assert page.form(button=ASK).as_it_stands()["receipt"] == typed


def test_nothing_is_looked_up_before_the_vote(client, session):
    make.budget_round(session, phase=Phase.PRESENTING)
    client.read(ADDRESS, status=403)


def test_the_list_can_still_be_asked_while_the_votes_are_counted(client, session):
    make.budget_round(session, phase=Phase.COUNTING)
    assert client.read(ADDRESS).heading == "Ligger din stemme i urnen?"
