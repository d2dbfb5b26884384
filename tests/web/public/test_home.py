"""The front page: what needs you now comes first."""

import pytest
from sqlalchemy import event

from budgeting.extensions import db
from budgeting.vocabulary import Phase
from tests import make

BUTTONS = {
    Phase.PROPOSING: "Skriv et forslag",
    Phase.SCREENING: "Se forslagene",
    Phase.PRESENTING: "Se projekterne",
    Phase.VOTING: "Stem nu",
    Phase.COUNTING: "Se projekterne",
    Phase.DECIDING: "Se resultatet",
    Phase.REALISING: "Se resultatet",
    Phase.CLOSED: "Se resultatet",
}


def a_round(session, phase, slug="nordby-2026", **given):
    return make.budget_round(session, phase, slug=slug, voters_in_each_area=0, **given).budget_round


def titles(page):
    return [heading.get_text() for heading in page.soup.select(".round-card .card-heading")]


def sections(page):
    return [heading.get_text() for heading in page.soup.select("main h2")]


def test_a_town_without_rounds_is_told_what_will_come(client):
    page = client.read("/")

    assert page.heading == "Du er med til at bestemme"
    assert "Der er ingen runder endnu" in page.text


def test_what_needs_you_now_comes_first_then_what_came_of_it_then_what_is_coming(client, session):
    for phase in (Phase.SCREENING, Phase.DECIDING, Phase.PROPOSING, Phase.VOTING):
        a_round(session, phase, slug=str(phase))

    page = client.read("/")

    assert sections(page) == ["Lige nu", "Det kom der ud af det", "På vej"]
    expected = ["voting", "proposing", "deciding", "screening"]
    assert titles(page) == [f"Runden {slug}" for slug in expected]


def test_a_draft_is_nowhere(client, session):
    a_round(session, Phase.DRAFT, slug="kladde")

    assert "kladde" not in client.read("/").html


@pytest.mark.parametrize(("phase", "button"), BUTTONS.items())
def test_a_round_has_the_one_button_of_its_phase(client, session, phase, button):
    a_round(session, phase)

    page = client.read("/")

    buttons = [each.contents[0].strip() for each in page.soup.select("main .button")]
    assert buttons == [button]


def test_a_round_that_is_announced_has_no_button_yet(client, session):
    a_round(session, Phase.ANNOUNCED)

    page = client.read("/")

    assert not page.soup.select("main .button")
    assert "Du kan skrive forslag fra" in page.text


def test_a_round_says_how_long_there_is_and_how_much_there_is(client, session):
    a_round(session, Phase.VOTING)

    text = client.read("/").text

    assert "9 dage tilbage" in text
    assert "450.000 kr. i 2 puljer" in text
    assert "10 projekter" in text


def test_the_money_of_rounds_that_are_over_is_not_promised_again(client, session):
    a_round(session, Phase.VOTING, slug="nu")
    a_round(session, Phase.CLOSED, slug="dengang")

    assert "Lige nu fordeler vi 450.000 kr." in client.read("/").text


def test_where_nothing_is_open_the_page_says_so(client, session):
    a_round(session, Phase.CLOSED)

    assert "Der er ikke noget at stemme om eller foreslå i dag." in client.read("/").text


def test_an_imported_election_shows_no_stages_of_ours(client, session):
    a_round(session, Phase.REALISING).source = "Pabulib"

    page = client.read("/")

    assert not page.soup.select(".dots")
    assert "Runden er slut." in page.text


def test_many_rounds_take_no_more_queries_than_few(app, client, session):
    for number in range(8):
        a_round(session, Phase.VOTING, slug=f"runde-{number}")
    asked = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    client.read("/")

    assert len(asked) <= 10, asked
