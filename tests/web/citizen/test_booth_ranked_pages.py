"""Ranking with buttons alone: add, up, down, remove, and the order that is handed in."""

import pytest

from budgeting.ballotbox import officer_keys
from budgeting.services import boxes, opening_box, rounds
from budgeting.vocabulary import BallotType
from budgeting.web.citizen import booth_moves
from tests import make
from tests.web.citizen.booth import Visitor
from tests.web.citizen.test_booth_ballot_pages import ranking


@pytest.fixture
def made(session):
    return make.budget_round(session, ballot_type=BallotType.ORDINAL)


def test_a_ranked_ballot_starts_with_an_empty_list(visitor):
    page = visitor.enter()
    assert page.heading == "Sæt 1-3 projekter i rækkefølge"
    assert "Listen er tom" in page.text
    assert len(page.soup.select(".offer")) == 5


def move(visitor, choices, button):
    page = visitor.client.read(visitor.address(pot=0))
    return visitor.send(page, choices, "", move=button)


@pytest.mark.parametrize(
    ("choices", "button", "order"),
    [
        ((), "add:3", ["3"]),
        (("3",), "add:1", ["3", "1"]),
        (("3", "1"), "up:1", ["1", "3"]),
        (("3", "1"), "down:3", ["1", "3"]),
        (("3", "1"), "remove:3", ["1"]),
        (("3", "1"), "add:3", ["3", "1"]),
        (("3", "1"), "up:3", ["3", "1"]),
        (("3", "1"), "down:1", ["3", "1"]),
        (("3", "1"), "up:99", ["3", "1"]),
        (("3", "1"), "nonsense", ["3", "1"]),
    ],
)
def test_a_button_moves_one_project(visitor, choices, button, order):
    visitor.enter()
    assert ranking(move(visitor, choices, button)) == order


def test_the_button_to_add_says_which_number_it_becomes(visitor):
    visitor.enter()
    assert "Tilføj som nr. 3" in move(visitor, ("3",), "add:1").text


def test_a_full_list_offers_no_more(visitor):
    visitor.enter()
    page = move(visitor, ("3", "1"), "add:2")
    assert "Din liste er fuld" in page.text
    assert not page.soup.select(".offer-add")


def test_the_keyboard_stays_where_it_was(visitor):
    visitor.enter()
    page = move(visitor, ("3", "1", "2"), "up:2")
    assert page.soup.find(autofocus=True)["value"] == "up:2"
    page = move(visitor, ("3", "1"), "up:1")
    assert page.soup.find(autofocus=True)["value"] == "down:1"
    page = move(visitor, (), "add:1")
    assert page.soup.find(autofocus=True)["value"].startswith("add:")


def test_a_move_is_told_to_those_who_do_not_see_it(visitor):
    visitor.enter()
    assert "Gåbus er nummer 1." in move(visitor, ("3", "1"), "up:1").text
    assert "Gåbus er taget af listen." in move(visitor, ("3", "1"), "remove:1").text


def test_the_order_on_the_check_page_is_the_one_in_the_envelope(visitor, session):
    visitor.enter()
    check = visitor.choose("3", "1", "2")
    titles = [each.get_text() for each in check.soup.select(".check-line .choice-title")]
    assert titles == ["Borgernes park", "Gåbus", "Lektiecafé"]
    visitor.client.submit(check, button="Aflever stemmen")
    assert opened(session, visitor) == [["3", "1", "2"]]


def opened(session, visitor: Visitor):
    made = visitor.made
    key = boxes.officer_keys(session, made.budget_round)[0]
    keys = {0: officer_keys.unlock(key.locked_private_key, make.PASSPHRASE)}
    rule = rounds.rulebook_of(session, made.budget_round).ballot
    return [
        list(ballot.choices)
        for ballot in opening_box.open_box(session, made.pots[0], rule, keys).ballots
    ]


def test_a_move_never_shows_what_it_moves():
    assert "12" not in repr(booth_moves.read("up:12"))
