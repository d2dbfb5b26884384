"""What is folded on a phone and stands open where there is room, also without a script."""

import pytest
from playwright.sync_api import expect

from budgeting.extensions import db
from tests import make

CATALOGUE = "/runder/nordby-2026/projekter"
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def catalogue(house):
    with house.inside():
        make.budget_round(db.session, pots=(("Nordby", 150_000),))
    return CATALOGUE


@pytest.mark.parametrize("has_javascript", [True, False], ids=["with", "without"])
def test_a_phone_shows_the_projects_before_the_search(catalogue, new_visitor, has_javascript):
    reader = new_visitor(has_javascript=has_javascript, **PHONE)
    reader.open(catalogue)
    expect(reader.page.get_by_label("Søg", exact=True)).to_be_hidden()
    first = reader.page.locator(".project-card, .card").first
    assert first.bounding_box()["y"] < PHONE["viewport"]["height"]
    reader.page.get_by_text("Søg i projekterne").click()
    reader.fill("Søg", "café")
    reader.press("Vis")
    expect(reader.page.get_by_label("Søg", exact=True)).to_be_visible()


def test_the_search_stands_open_on_a_wide_screen(catalogue, new_visitor):
    reader = new_visitor(viewport={"width": 1280, "height": 800})
    reader.open(catalogue)
    expect(reader.page.get_by_text("Søg i projekterne")).to_be_hidden()
    expect(reader.page.get_by_label("Søg", exact=True)).to_be_visible()
