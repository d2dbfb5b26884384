"""Spending the pot, spreading votes and giving points as people do it, on a phone too."""

import pytest
from playwright.sync_api import expect

from budgeting.extensions import db
from budgeting.vocabulary import BallotType
from tests import make

VOTE = "/runder/nordby-2026/stem"
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def voter_in(house, new_visitor):
    """A voter who stands in the booth of a round with such a ballot, on a phone."""

    def enter(ballot_type, *, has_javascript, **wanted):
        with house.inside():
            made = make.budget_round(
                db.session, pots=(("Nordby", 150_000),), ballot_type=ballot_type, **wanted
            )
            code = made.codes[0]
        voter = new_visitor(has_javascript=has_javascript, **PHONE)
        voter.open(VOTE)
        voter.fill("Din kode", code)
        voter.press("Gå ind i stemmeboksen")
        return voter

    return enter


def press(voter, name):
    """Presses a button that asks the house only where there is no script."""
    button = voter.page.get_by_role("button", name=name)
    if voter.has_javascript:
        button.click()
        voter.look()
    else:
        voter.go_through(button)


def recount(voter, name):
    if voter.has_javascript:
        expect(voter.page.get_by_role("button", name=name)).to_be_hidden()
    else:
        voter.press(name)


def hand_in(voter, *told):
    voter.press("Se min stemmeseddel")
    voter.see_heading("Tjek din stemme")
    voter.see(*told)
    voter.press("Aflever stemmen")
    voter.see_heading("Din stemme er afleveret")


@pytest.mark.parametrize("has_javascript", [True, False], ids=["with", "without"])
def test_a_voter_spreads_their_votes(voter_in, has_javascript):
    voter = voter_in(BallotType.CUMULATIVE, has_javascript=has_javascript)
    voter.see_on_page("0 af 5 stemmer brugt, 5 tilbage")
    for _ in range(3):
        press(voter, "En stemme mere til Gåbus")
    voter.see_on_page("3 af 5 stemmer brugt, 2 tilbage")
    press(voter, "En stemme mere til Gåbus")
    voter.see_on_page("3 af 5 stemmer brugt, 2 tilbage")
    press(voter, "En stemme mindre til Gåbus")
    voter.page.get_by_label("Varmestue").fill("3")
    recount(voter, "Se, hvor mange stemmer du har tilbage")
    voter.see_on_page("5 af 5 stemmer brugt")
    hand_in(voter, "3 stemmer", "2 stemmer")


@pytest.mark.parametrize("has_javascript", [True, False], ids=["with", "without"])
def test_a_voter_spends_the_pot(voter_in, has_javascript):
    voter = voter_in(BallotType.KNAPSACK, has_javascript=has_javascript)
    voter.choose("Lektiecafé")
    recount(voter, "Se, hvad du har tilbage")
    voter.see_on_page("120.000 kr. brugt, 30.000 kr. tilbage")
    voter.see("Koster 10.000 kr. mere, end du har tilbage")
    voter.choose("Varmestue")
    voter.press("Se min stemmeseddel")
    voter.see("koster 30.000 kr. mere, end der er i puljen")
    voter.see_on_page("30.000 kr. for meget")
    voter.page.get_by_label("Varmestue").uncheck()
    voter.choose("IT-café")
    hand_in(voter, "Lektiecafé", "IT-café")


@pytest.mark.parametrize("has_javascript", [True, False], ids=["with", "without"])
def test_a_voter_gives_every_pitch_points(voter_in, has_javascript):
    scale = {"max_choices": 0, "lowest_points": 1, "highest_points": 5, "must_score_all": True}
    voter = voter_in(BallotType.SCORING, has_javascript=has_javascript, ballot=scale)
    for points, title in enumerate(make.TITLES[:4], 1):
        give(voter, title, points)
    voter.press("Se min stemmeseddel")
    voter.see("Giv point til alle projekter, ellers tæller stemmen ikke. Du mangler 1.")
    give(voter, "Varmestue", 5)
    recount(voter, "Se, hvor mange der har fået point")
    voter.see_on_page("5 af 5 projekter har fået point")
    hand_in(voter, "5 point", "1 point")


def give(voter, title, points):
    group = voter.page.get_by_role("group", name=title)
    group.get_by_label(f"{points} point").check()
