"""Spending the pot, spreading votes and giving points in the booth, with plain forms alone."""

import pytest
from sqlalchemy import func, select

from budgeting.ballotbox import officer_keys
from budgeting.models import Envelope
from budgeting.services import boxes, opening_box, rounds
from budgeting.vocabulary import BallotType
from tests import make
from tests.page import plain
from tests.web.citizen.booth import HAND_IN, Visitor

KNAPSACK, CUMULATIVE, SCORING = BallotType.KNAPSACK, BallotType.CUMULATIVE, BallotType.SCORING
ALL = {"max_choices": 0, "must_score_all": True, "lowest_points": 0, "highest_points": 3}


@pytest.fixture
def booth(client, session):
    """Opens the booth of a round with such a ballot; the pot holds 150.000 kr."""

    def enter(ballot_type, **wanted):
        made = make.budget_round(
            session, pots=(("Nordby", 150_000),), ballot_type=ballot_type, **wanted
        )
        visitor = Visitor(client, made)
        visitor.page = visitor.enter()
        return visitor

    return enter


def fill(visitor, to="", status=200, choices=(), **points):
    """Fills in what stands beside the projects and sends it to one of the booth's addresses."""
    fields = {name: points.pop(name) for name in ("move", "find", "only_chosen") if name in points}
    beside = {f"points-{project[1:]}": str(text) for project, text in points.items()}
    visitor.page = visitor.client.read(visitor.address(pot=0))
    return visitor.send(visitor.page, choices, to, status=status, **beside, **fields)


def bar(page):
    return plain(page.soup.select_one(".sticky-count"))


def typed(page):
    fields = page.soup.select("input[name^=points-][value]")
    written = [one for one in fields if one["type"] != "radio" or one.has_attr("checked")]
    return {one["name"].removeprefix("points-"): one["value"] for one in written if one["value"]}


def shorts(page):
    return [plain(line) for line in page.soup.select(".choice-short") if plain(line)]


def opened(session, visitor):
    made = visitor.made
    key = boxes.officer_keys(session, made.budget_round)[0]
    keys = {0: officer_keys.unlock(key.locked_private_key, make.PASSPHRASE)}
    rule = rounds.rulebook_of(session, made.budget_round).ballot
    [ballot] = opening_box.open_box(session, made.pots[0], rule, keys).ballots
    return ballot


def hand_in(visitor, check):
    return visitor.client.submit(check, button=HAND_IN)


def nothing_is_handed_in(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Envelope)) == 0


def test_the_pot_is_spent_checked_and_handed_in(booth, session):
    visitor = booth(KNAPSACK)
    assert visitor.page.heading == "Fordel puljen"
    assert bar(visitor.page) == "0 kr. brugt, 150.000 kr. tilbage"

    check = fill(visitor, "/tjek", choices=["1", "3"])

    assert bar(check) == "130.000 kr. brugt, 20.000 kr. tilbage"
    assert hand_in(visitor, check).heading == "Din stemme er afleveret"
    assert opened(session, visitor).choices == ("1", "3")


def test_without_script_a_press_tells_what_is_left_and_what_is_too_dear(booth):
    visitor = booth(KNAPSACK)
    assert shorts(visitor.page) == []

    page = fill(visitor, choices=["1", "3"])

    assert "130.000 kr. brugt, 20.000 kr. tilbage" in page.text
    assert sorted(shorts(page)) == [
        "Koster 100.000 kr. mere, end du har tilbage",
        "Koster 40.000 kr. mere, end du har tilbage",
    ]
    assert page.soup.select_one(".meter-used")["width"] == "86.66%"


def test_more_than_the_pot_is_told_and_the_ticks_stay(booth, session):
    visitor = booth(KNAPSACK)

    page = fill(visitor, "/tjek", status=422, choices=["1", "2"])

    assert page.errors == [
        "Det, du har valgt, koster 10.000 kr. mere, end der er i puljen. Tag noget fra igen."
    ]
    assert bar(page) == "10.000 kr. for meget. Tag noget fra igen"
    assert {box["value"] for box in page.soup.select("input.choice-box[checked]")} == {"1", "2"}
    assert nothing_is_handed_in(session)


def test_votes_are_spread_checked_and_handed_in(booth, session):
    visitor = booth(CUMULATIVE)
    assert visitor.page.heading == "Fordel dine 5 stemmer"
    assert bar(visitor.page) == "0 af 5 stemmer brugt, 5 tilbage"

    check = fill(visitor, "/tjek", p3=3, p1=1, p2=0)

    given = [plain(line) for line in check.soup.select(".check-line")]
    assert given == ["Borgernes park 90.000 kr. 3 stemmer", "Gåbus 40.000 kr. 1 stemme"]
    assert "Du har 1 stemme, du ikke har brugt." in check.text
    assert bar(check) == "4 af 5 stemmer brugt, 1 tilbage"
    hand_in(visitor, check)
    ballot = opened(session, visitor)
    assert (ballot.choices, ballot.points) == (("1", "3"), (1, 3))


@pytest.mark.parametrize(
    ("points", "move", "after"),
    [
        ({}, "more:3", {"3": "1"}),
        ({"p3": 2}, "more:3", {"3": "3"}),
        ({"p3": 3}, "more:3", {"3": "3"}),
        ({"p3": 2}, "less:3", {"3": "1"}),
        ({"p3": 1}, "less:3", {}),
        ({}, "less:3", {}),
        ({"p1": 3, "p2": 2}, "more:3", {"1": "3", "2": "2"}),
        ({"p1": "tre"}, "more:1", {"1": "1"}),
        ({"p1": 1}, "more:99", {"1": "1"}),
    ],
)
def test_plus_and_minus_move_one_vote_without_script(booth, points, move, after):
    visitor = booth(CUMULATIVE)

    assert typed(fill(visitor, move=move, **points)) == after


def test_plus_says_how_many_votes_it_is_now_and_keeps_the_keyboard_there(booth):
    visitor = booth(CUMULATIVE)

    page = fill(visitor, move="more:1", p1=1)

    assert "Gåbus har 2 stemmer." in page.text
    assert page.soup.find(autofocus=True)["value"] == "more:1"


@pytest.mark.parametrize(
    ("points", "error"),
    [
        ({"p1": 3, "p2": 3}, "Du har 5 stemmer at fordele. Du har givet 6. Tag nogle tilbage."),
        ({"p1": 4}, "Giv højst 3 til det samme projekt."),
        ({"p1": "mange", "p2": 1}, "Skriv hele tal, for eksempel 2, eller lad feltet stå tomt."),
        ({"p1": "²"}, "Skriv hele tal, for eksempel 2, eller lad feltet stå tomt."),
        ({"p1": "-1"}, "Skriv hele tal, for eksempel 2, eller lad feltet stå tomt."),
        ({}, "Giv mindst én stemme. Du har 5 at fordele."),
    ],
)
@pytest.mark.parametrize("to", ["/tjek", "/aflever"])
def test_wrong_votes_are_told_and_what_was_typed_stays(booth, session, to, points, error):
    visitor = booth(CUMULATIVE)

    page = fill(visitor, to, status=422, **points)

    assert page.errors == [error]
    assert typed(page) == {project[1:]: str(text) for project, text in points.items()}
    assert nothing_is_handed_in(session)


def test_a_field_that_is_wrong_is_marked(booth):
    visitor = booth(CUMULATIVE)

    page = fill(visitor, "/tjek", status=422, p1=4, p2=1)

    assert [one["name"] for one in page.soup.select("[aria-invalid]")] == ["points-1"]


def test_votes_for_a_project_of_another_pot_are_refused(booth, session):
    visitor = booth(CUMULATIVE)

    page = fill(visitor, "/tjek", status=422, p99=1)

    assert "findes ikke i denne pulje" in page.errors[0]
    assert nothing_is_handed_in(session)


def test_searching_loses_no_vote_even_of_a_project_it_hides(booth):
    visitor = booth(CUMULATIVE)

    page = fill(visitor, find="park", p1=2, p3=1)

    assert typed(page) == {"1": "2", "3": "1"}
    assert page.soup.select("input[name=points-5]") == []


def test_only_what_has_got_votes_can_be_shown(booth):
    visitor = booth(CUMULATIVE)

    page = fill(visitor, only_chosen="y", p1=2, p3=1)

    assert typed(page) == {"1": "2", "3": "1"}
    assert len(page.soup.select("input[name^=points-]")) == 2


def test_points_are_given_checked_and_handed_in(booth, session):
    visitor = booth(SCORING)
    assert visitor.page.heading == "Giv point fra 1 til 5"

    check = fill(visitor, "/tjek", p1=2, p4=5)

    given = [plain(line) for line in check.soup.select(".check-line")]
    assert given == ["IT-café 20.000 kr. 5 point", "Gåbus 40.000 kr. 2 point"]
    assert bar(check) == "2 af 5 projekter har fået point"
    hand_in(visitor, check)
    ballot = opened(session, visitor)
    assert (ballot.choices, ballot.points) == (("1", "4"), (2, 5))


def test_where_all_must_be_scored_no_project_can_be_passed_over(booth, session):
    visitor = booth(SCORING, ballot=ALL)
    assert visitor.page.soup.select(".scale-none") == []

    page = fill(visitor, "/tjek", status=422, p1=0, p2=3)

    assert page.errors == [
        "Giv point til alle projekter, ellers tæller stemmen ikke. Du mangler 3."
    ]
    assert typed(page) == {"1": "0", "2": "3"}
    assert bar(page) == "2 af 5 projekter har fået point, alle skal have"
    check = fill(visitor, "/tjek", p1=0, p2=3, p3=1, p4=0, p5=2)
    hand_in(visitor, check)
    assert opened(session, visitor).points == (0, 3, 1, 0, 2)


def test_points_off_the_scale_are_refused(booth, session):
    visitor = booth(SCORING)

    page = fill(visitor, "/tjek", status=422, p1=9)

    assert page.errors == ["Giv hvert projekt fra 1 til 5 point."]
    assert nothing_is_handed_in(session)


@pytest.mark.parametrize("ballot_type", [CUMULATIVE, SCORING])
def test_mending_keeps_what_was_given(booth, ballot_type):
    visitor = booth(ballot_type)
    check = fill(visitor, "/tjek", p1=2, p4=3)

    page = visitor.client.submit(check, button="Ret")

    assert typed(page) == {"1": "2", "4": "3"}


@pytest.mark.parametrize("ballot_type", [KNAPSACK, CUMULATIVE, SCORING])
def test_what_the_script_reads_tells_nothing_that_was_chosen(booth, ballot_type):
    visitor = booth(ballot_type)
    untouched = visitor.page.soup.find(id="booth-words")

    page = fill(visitor, choices=["1"], p1=2)

    assert page.soup.find(id="booth-words") == untouched
