"""What goes wrong in front of a booth: pressed twice, gone back, two tabs, left too soon, no mouse."""

import pytest
from playwright.sync_api import expect

from budgeting.extensions import db
from budgeting.models import BoardEntry, Envelope
from budgeting.vocabulary import BallotType
from tests import make

VOTE = "/runder/nordby-2026/stem"
APOSTROPHES = ("Sofus' scene", "Åses „café“ & <b>bro</b>", "Lektiehjælp", "Kor")
MANY = 60
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def in_booth(house, new_visitor):
    """A voter in the booth of a round with such a ballot."""

    def enter(ballot_type, **wanted):
        with house.inside():
            made = make.budget_round(
                db.session, pots=(("Nordby", 150_000),), ballot_type=ballot_type, **wanted
            )
            code = made.codes[0]
        voter = new_visitor(**PHONE)
        voter.open(VOTE)
        voter.fill("Din kode", code)
        voter.press("Gå ind i stemmeboksen")
        return voter

    return enter


def in_the_box(house):
    with house.inside():
        return db.session.query(Envelope).count(), db.session.query(BoardEntry).count()


def test_handing_in_with_two_presses_is_one_vote_and_back_shows_an_empty_ballot(house, in_booth):
    voter = in_booth(BallotType.KNAPSACK)
    voter.choose("Lektiecafé")
    voter.press("Se min stemmeseddel")
    voter.go_on(voter.page.get_by_role("button", name="Aflever stemmen").dblclick)
    voter.see_heading("Din stemme er afleveret")
    assert in_the_box(house) == (1, 1)
    voter.page.go_back()
    voter.see_heading("Fordel puljen")
    expect(voter.page.get_by_label("Lektiecafé")).not_to_be_checked()
    voter.see("Du har allerede afleveret en stemme her")


def test_the_last_of_two_tabs_counts(house, in_booth):
    voter = in_booth(BallotType.CUMULATIVE)
    other = voter.page.context.new_page()
    other.goto(voter.page.url)
    other.get_by_label("Gåbus").fill("2")
    voter.page.get_by_label("Varmestue").fill("1")
    voter.press("Se min stemmeseddel")
    other.get_by_role("button", name="Se min stemmeseddel").click()
    voter.press("Aflever stemmen")
    other.get_by_role("button", name="Aflever stemmen").click()
    expect(other.locator("h1")).to_contain_text("Din stemme er afleveret")
    assert in_the_box(house) == (1, 2)


def test_whoever_left_in_one_tab_hands_nothing_in_from_the_other(house, in_booth):
    voter = in_booth(BallotType.KNAPSACK)
    other = voter.page.context.new_page()
    other.goto(voter.page.url)
    other.get_by_label("Lektiecafé").check()
    voter.press("Forlad")
    other.get_by_role("button", name="Se min stemmeseddel").click()
    expect(other.locator("main")).to_contain_text("Det, du havde valgt, blev ikke afleveret.")
    assert in_the_box(house) == (0, 0)


def test_what_is_chosen_can_be_found_among_many(in_booth):
    many = [f"Projekt {number}" for number in range(100, 100 + MANY)]
    voter = in_booth(BallotType.CUMULATIVE, projects=many, costs=(10_000,) * MANY)
    voter.page.get_by_label("Projekt 139").fill("2")
    voter.page.get_by_text("Søg i projekterne").click()
    voter.choose("Vis kun dem, jeg har valgt")
    voter.page.get_by_role("button", name="Vis", exact=True).last.click()
    expect(voter.page.locator(".giving")).to_have_count(1)
    voter.see_on_page("2 af 5 stemmer brugt, 3 tilbage")


def test_points_are_given_without_a_mouse(in_booth):
    voter = in_booth(BallotType.SCORING, projects=APOSTROPHES, costs=(10_000,) * 4)
    first = voter.page.get_by_role("group", name=APOSTROPHES[1])
    first.get_by_label("Ingen").focus()
    for _ in range(4):
        voter.touch_key("ArrowRight")
    voter.tab_to("Se min stemmeseddel")
    voter.press_key("Enter")
    voter.see_heading("Tjek din stemme")
    voter.see(APOSTROPHES[1], "4 point")
