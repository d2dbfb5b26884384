"""The door of the booth: the code, what is said when it is wrong, and the way out."""

from datetime import timedelta

import pytest

from budgeting import clock
from budgeting.vocabulary import Phase
from tests import make
from tests.web.citizen.booth import ENTER, Visitor


def test_a_voter_with_one_pot_comes_straight_to_the_ballot(visitor):
    page = visitor.enter()
    assert page.heading == "Vælg 1-3 projekter"
    assert "Ikke afleveret endnu" in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Skriv koden fra dit brev."),
        ("K7QX", "Du har skrevet 4."),
        ("K7QX-9R2M-4TBD-83VH!", "Tegnet „!“ findes ikke i koder."),
    ],
)
def test_what_cannot_be_a_code_is_told_at_the_field(visitor, typed, said):
    page = visitor.client.read(visitor.address())
    page = visitor.client.submit(page, {"code": typed}, button=ENTER, status=422)
    assert said in page.errors[0]
    assert page.form(button=ENTER).as_it_stands()["code"] == typed


def test_a_code_nobody_has_is_refused_in_words(visitor, session):
    code = visitor.made.codes[0]
    visitor.made.voters[0].code_hash = None
    page = visitor.client.read(visitor.address())
    page = visitor.client.submit(page, {"code": code}, button=ENTER, status=422)
    assert "Vi kender ikke koden" in page.errors[0]


def test_a_right_code_at_the_wrong_door_says_which_door(client, session, made):
    other = make.budget_round(session, slug="havnen", voters_in_each_area=0)
    page = client.read(f"/runder/{other.budget_round.slug}/stem")
    page = client.submit(page, {"code": made.codes[0]}, button=ENTER, status=422)
    assert "Runden nordby-2026" in page.errors[0]


@pytest.mark.parametrize(
    ("phase", "said"),
    [(Phase.PRESENTING, "Afstemningen begynder"), (Phase.COUNTING, "Afstemningen sluttede")],
)
def test_the_door_is_closed_before_and_after_the_vote(client, session, phase, said):
    made = make.budget_round(session, phase=phase)
    page = client.read(f"/runder/{made.budget_round.slug}/stem", status=403)
    assert said in page.text


def test_a_stranger_in_the_booth_is_shown_the_door(visitor):
    page = visitor.client.read(visitor.address(pot=0))
    assert page.heading == "Stem med koden fra dit brev"


def test_leaving_closes_the_booth(visitor):
    page = visitor.enter()
    leave = page.soup.find("form", class_="who")
    token = leave.find("input")["value"]
    answer = visitor.client.post(leave["action"], data={"csrf_token": token}, follow_redirects=True)
    assert "Stemmeboksen er lukket" in answer.text
    assert visitor.client.read(visitor.address(pot=0)).heading == "Stem med koden fra dit brev"


def test_a_booth_that_stands_idle_closes_itself_and_says_so(visitor, app):
    visitor.enter()
    clock.set_offset(timedelta(minutes=app.config["BOOTH_MINUTES"] + 1))
    page = visitor.client.read(visitor.address(pot=0))
    assert "der ikke skete noget i 30 minutter" in page.text
    assert visitor.client.read(visitor.address("/puljer")).heading.startswith("Stem med koden")


def test_a_booth_in_use_stays_open(visitor, app):
    visitor.enter()
    for times in (1, 2, 3):
        clock.set_offset(timedelta(minutes=times * (app.config["BOOTH_MINUTES"] - 1)))
        assert visitor.client.read(visitor.address(pot=0)).heading == "Vælg 1-3 projekter"


def test_the_booth_of_one_round_opens_no_other(client, session, made):
    make.budget_round(session, slug="havnen", voters_in_each_area=0)
    Visitor(client, made).enter()
    assert client.read("/runder/havnen/stem/puljer").heading == "Stem med koden fra dit brev"


def test_a_voter_without_a_pot_is_told_why(visitor, session):
    visitor.made.voters[0].birth_date = visitor.made.budget_round.voting_closes.date()
    page = visitor.enter()
    assert page.heading == "Der er ingen stemmeseddel til dig her"
    assert "13 år" in page.text


def test_a_voter_taken_off_the_roll_stands_outside(visitor, session):
    visitor.enter()
    session.delete(visitor.made.voters[0])
    page = visitor.client.read(visitor.address(pot=0))
    assert page.heading == "Stem med koden fra dit brev"
