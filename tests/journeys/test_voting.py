"""Voting as people do it: by keyboard alone, without JavaScript, and again after a change of mind."""

import pytest

from budgeting.extensions import db
from budgeting.vocabulary import BallotType
from tests import make

VOTE = "/runder/nordby-2026/stem"
PRESS_UP_AND_CHECK_AT_ONCE = """() => {
  const named = (words) => [...document.querySelectorAll("button")].filter(
    (button) => button.innerText.trim().startsWith(words) && !button.disabled);
  named("Op").at(-1).click();
  named("Se min stemmeseddel")[0].click();
}"""
NOT_HANDED_IN = "ikke afleveret endnu"


@pytest.fixture
def codes(house):
    """An open approval round with two pots, and the codes of those who may vote in it."""
    with house.inside():
        return make.budget_round(db.session, pots=(("Nordby", 300_000),)).codes


@pytest.fixture
def ranked_codes(house):
    with house.inside():
        return make.budget_round(
            db.session, pots=(("Nordby", 300_000),), ballot_type=BallotType.ORDINAL
        ).codes


def test_a_voter_hands_in_a_ballot_by_keyboard_alone(visitor, codes):
    visitor.open(VOTE)
    visitor.tab_to("kode")
    visitor.type(codes[0])
    visitor.press_key("Enter")
    visitor.tab_to("Gåbus")
    visitor.touch_key("Space")
    visitor.tab_to("Se min stemmeseddel")
    visitor.press_key("Enter")
    visitor.see_heading("Tjek din stemme")
    visitor.see("Gåbus")
    visitor.tab_to("Aflever stemmen")
    visitor.press_key("Enter")
    visitor.see_heading("Din stemme er afleveret")


@pytest.mark.parametrize("has_javascript", [True, False], ids=["with", "without"])
def test_a_voter_ticks_hands_in_and_changes_their_mind(new_visitor, codes, has_javascript):
    voter = new_visitor(has_javascript=has_javascript)
    enter(voter, codes[0])
    voter.see_on_page(NOT_HANDED_IN)
    voter.choose("Gåbus")
    voter.press("Se min stemmeseddel")
    voter.see("Gåbus")
    voter.see_on_page(NOT_HANDED_IN)
    voter.press("Aflever stemmen")
    voter.see_heading("Din stemme er afleveret")
    voter.press("Stem igen")
    voter.choose("Varmestue")
    voter.press("Se min stemmeseddel")
    voter.press("Aflever stemmen")
    voter.see_heading("Din stemme er afleveret")
    voter.press("Se, om den ligger i urnen")
    voter.see("urnen")


@pytest.mark.parametrize("has_javascript", [True, False], ids=["with", "without"])
def test_a_voter_ranks_with_buttons(new_visitor, ranked_codes, has_javascript):
    voter = new_visitor(has_javascript=has_javascript)
    enter(voter, ranked_codes[0])
    voter.press_in("Gåbus", "Tilføj som nr. 1")
    voter.press_in("Varmestue", "Tilføj som nr. 2")
    voter.press_in("Varmestue", "Op")
    voter.press("Se min stemmeseddel")
    voter.see_in_order("Varmestue", "Gåbus")
    voter.press("Aflever stemmen")
    voter.see_heading("Din stemme er afleveret")


def test_a_quick_hand_loses_no_move(visitor, ranked_codes):
    enter(visitor, ranked_codes[0])
    visitor.press_in("Gåbus", "Tilføj som nr. 1")
    visitor.press_in("Varmestue", "Tilføj som nr. 2")
    visitor.go_on(lambda: visitor.page.evaluate(PRESS_UP_AND_CHECK_AT_ONCE))
    visitor.see_heading("Tjek din stemme")
    visitor.see_in_order("Varmestue", "Gåbus")


def test_a_wrong_code_is_told_in_plain_words(visitor, codes):
    visitor.open(VOTE)
    visitor.fill("Din kode", "ABCD")
    visitor.press("Gå ind i stemmeboksen")
    visitor.see("Koden har 16 tegn")


def enter(voter, code):
    voter.open(VOTE)
    voter.fill("Din kode", code)
    voter.press("Gå ind i stemmeboksen")
