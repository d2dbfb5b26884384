"""A letter's QR code opens the booth's door with the code filled in and out of the address bar."""

import pytest
from playwright.sync_api import expect

from budgeting.extensions import db
from tests import make

VOTE = "/runder/nordby-2026/stem"


@pytest.fixture
def code(house):
    with house.inside():
        return make.budget_round(db.session, pots=(("Nordby", 300_000),)).codes[0]


def test_the_code_behind_the_hash_lands_in_the_field_and_leaves_the_address(visitor, code):
    visitor.open(f"{VOTE}#{code}")

    expect(visitor.page.get_by_label("Din kode")).to_have_value(code)
    assert visitor.page.url.endswith(VOTE)
    visitor.press("Gå ind i stemmeboksen")
    visitor.see("Gåbus")


def test_whatever_else_stands_behind_the_hash_is_left_alone(visitor, code):
    visitor.open(f"{VOTE}#how-heading")

    expect(visitor.page.get_by_label("Din kode")).to_have_value("")
    assert visitor.page.url.endswith("#how-heading")
