"""The catalogue of projects: everything with its price, in an order that favours nobody."""

import pytest
from sqlalchemy import event

from budgeting.extensions import db
from budgeting.vocabulary import Phase
from tests import make
from tests.page import plain

LIST = "/runder/nordby-2026/projekter"
BEFORE = (Phase.ANNOUNCED, Phase.PROPOSING, Phase.SCREENING)
SINCE = (
    Phase.PRESENTING,
    Phase.VOTING,
    Phase.COUNTING,
    Phase.DECIDING,
    Phase.REALISING,
    Phase.CLOSED,
)


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.PRESENTING)


def titles(page):
    return [each.get_text() for each in page.soup.select(".project-card .card-heading")]


def queries_of(app, read):
    asked = []

    def note(*told):
        asked.append(told[2])

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    read()
    event.remove(engine, "before_cursor_execute", note)
    return asked


@pytest.mark.parametrize("phase", BEFORE)
def test_before_the_answers_are_ready_there_is_no_catalogue(client, session, phase):
    make.budget_round(session, phase)

    page = client.read(LIST, status=403)

    assert "Projekterne bliver vist fra" in page.text


@pytest.mark.parametrize("phase", SINCE)
def test_from_the_presentation_on_anyone_reads_it(client, session, phase):
    make.budget_round(session, phase)

    assert client.read(LIST).heading == "10 projekter"


def test_every_project_stands_there_with_its_price_under_its_pot(client, made):
    page = client.read(LIST)

    assert sorted(titles(page)) == sorted(2 * make.TITLES)
    assert "120.000 kr." in page.text
    pots = [plain(each) for each in page.soup.select(".pot-heading")]
    assert pots == ["Puljen Nordby 300.000 kr.", "Puljen Sydby 150.000 kr."]


def test_a_visitor_sees_the_same_order_each_time(client, made):
    assert titles(client.read(LIST)) == titles(client.read(LIST))


def test_visitors_see_different_orders(app, made):
    orders = {tuple(titles(app.test_client().read(LIST))) for _ in range(12)}

    assert len(orders) > 1


@pytest.mark.parametrize("cookie", ["-1", "1000000", "x", "¹", ""])
def test_a_strange_number_in_the_cookie_is_drawn_anew(client, made, cookie):
    client.set_cookie("order", cookie)

    client.read(LIST)

    assert 0 <= int(client.get_cookie("order").value) < 1000


def test_an_area_narrows_the_list(client, made):
    page = client.submit(client.read(LIST), {"omraade": str(made.areas[0].id)})

    assert sorted(titles(page)) == sorted(make.TITLES)
    assert "Viser 5 projekter af 10." in page.text


def test_a_pot_narrows_the_list(client, made):
    page = client.read(f"{LIST}?pulje={made.pots[1].id}")

    assert [each["id"] for each in page.soup.select(".pot-heading")] == [f"pot-{made.pots[1].id}"]


def test_a_word_is_found_inside_other_words_and_whatever_the_case(client, session, made):
    made.projects[0].title = "ØSTRE LEGEPLADSER"

    page = client.submit(client.read(LIST), {"soeg": "østre legeplads"})

    assert titles(page) == ["ØSTRE LEGEPLADSER"]
    assert page.soup.find(id="soeg")["value"] == "østre legeplads"


def test_where_nothing_fits_the_page_says_what_to_do(client, made):
    page = client.read(f"{LIST}?soeg=rumraket")

    assert "Vi fandt ingen projekter, der passer" in page.text
    assert page.link("Vis alle projekter") == LIST


@pytest.mark.parametrize("nonsense", ["omraade=abc", "pulje=-1", "omraade=99999999999999", "x=%00"])
def test_nonsense_in_the_address_counts_as_not_said(client, made, nonsense):
    assert len(titles(client.read(f"{LIST}?{nonsense}"))) == 10


def test_a_round_where_nothing_was_approved_says_so(client, session):
    make.budget_round(session, Phase.PRESENTING, projects=())

    page = client.read(LIST)

    assert page.heading == "Her kommer ingen projekter"
    assert page.link("Se forslagene").endswith("/forslag")


def test_three_hundred_projects_take_at_most_ten_queries(app, client, session):
    names = [f"Bænk {number}" for number in range(300)]
    make.budget_round(
        session,
        Phase.PRESENTING,
        pots=(("Nordby", 300_000),),
        projects=names,
        costs=[1_000] * 300,
        max_choices=3,
    )

    asked = queries_of(app, lambda: client.read(LIST))

    assert len(asked) <= 10, asked


def test_a_project_has_a_page_with_what_it_costs_and_what_comes_next(client, made):
    page = client.read(client.read(LIST).link("Borgernes park"))

    assert page.heading == "Borgernes park"
    assert "Koster 90.000 kr." in page.text
    assert "Du kan stemme fra" in page.text
    assert "Se forslaget" in page.link_texts()


def test_a_project_does_not_name_who_proposed_it(client, session, made):
    author = made.projects[0].proposal.author.name

    assert author not in client.read(f"{LIST}/1").html


@pytest.mark.parametrize("ballot_id", ["99", "x", "a/b", "%F0%9F%98%80"])
def test_an_unknown_project_is_told_in_plain_words(client, made, ballot_id):
    client.read(f"{LIST}/{ballot_id}", status=404)


def test_an_id_from_a_file_may_hold_any_sign(client, session, made):
    made.projects[0].ballot_id = "B/12 é"

    page = client.read(client.read(LIST).link(made.projects[0].title))

    assert page.heading


def test_the_list_for_paper_has_every_project_and_no_menu(client, made):
    page = client.read(client.read(LIST).link("klar til at skrive ud"))

    assert len(page.soup.select(".paper-project")) == 10
    assert not page.soup.select("header.top")
