"""A project that gets a part, as everyone reads it: page, spreadsheet, council, decision, bundle."""

import csv
import io
import zipfile

import pytest

from budgeting.models import Decision, ExclusiveGroup
from budgeting.services import bundles
from budgeting.vocabulary import Role
from tests import results
from tests.web.visits import signed_in

PAGE, COUNCIL = "/runder/nordby-2026/resultat", "/byraad/nordby-2026"
# Holbaek: 250.000 in the pot, the first takes 200.700, the second asked for 70.000.
HOLBAEK = {
    "costs": (200_700, 70_000),
    "projects": ("Hal", "Shelter"),
    "pots": (("Nordby", 250_000),),
}


@pytest.fixture
def made(session):
    made = results.voted(
        session, ballots=(("1", "2"), ("1",)), options={"in_part": True}, **HOLBAEK
    )
    made.projects[1].least_oere = 4_500_000
    session.commit()
    results.count(made)
    results.publish(made)
    return made


def test_the_result_says_how_much_of_the_price(client, made):
    page = client.read(PAGE)

    assert "Får en del 49.300 kr. af 70.000 kr." in page.text
    assert (
        "Projekterne får 250.000 kr. tilsammen, og der er 250.000 kr. at dele ud af." in page.text
    )
    assert "2. Shelter 49.300 kr." in page.text
    assert "Det er aftalt, at det kan laves for ned til 45.000 kr." in page.text


def test_the_spreadsheet_has_what_each_project_gets(client, made):
    answer = client.get(f"{PAGE}/{made.pots[0].id}.csv")

    text = answer.data.decode("utf-8-sig")
    hall, shelter = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (hall["Får i DKK"], hall["Afstemningen siger"]) == ("200700,00", "får penge")
    assert (shelter["Pris i DKK"], shelter["Får i DKK"]) == ("70000,00", "49300,00")
    assert shelter["Afstemningen siger"] == "får en del"


def test_the_council_sees_the_part_and_adopts_it(app, session, made):
    council = signed_in(app, made.people[Role.COUNCIL])

    page = council.read(COUNCIL)
    assert "Afstemningen: får en del 49.300 kr. af 70.000 kr." in page.text
    assert "Vedtag: projektet får 49.300 kr." in page.text
    check = council.submit(page, {"reference": "Punkt 7"}, button="Se beslutningen igennem")
    assert "Puljen Nordby: 250.000 kr. af 250.000 kr." in check.text
    assert "70.000 kr. (får 49.300 kr.)" in check.text
    council.submit(check, button="Vedtag beslutningen")

    session.rollback()
    assert session.query(Decision).filter_by(adopted=True).count() == 2
    assert "Får en del" in council.read(PAGE).text


def test_a_reserve_is_said_on_the_result_and_to_the_council(app, client, session):
    options = {"no_skip": True, "reserve_percent": 70}
    made = results.published(session, ballots=(("1", "2"), ("1",)), options=options, **HOLBAEK)

    page = client.read(PAGE)
    assert "Der er 250.000 kr. at dele ud af, og 20.700 kr. kommer fra reserven." in page.text
    assert "Fra reserven 20.700 kr." in page.text
    council = signed_in(app, made.people[Role.COUNCIL]).read(COUNCIL)
    assert "20.700 kr. kommer fra reserven, som spillereglerne siger." in council.text


def test_the_bundle_says_the_part_and_the_least_amount(session, made):
    bundle = zipfile.ZipFile(io.BytesIO(bundles.made(session, made.budget_round)))

    assert b'"least_oere":4500000' in bundle.read("ballot_list.json")


def test_the_comparison_says_what_it_does_not_know_and_where_it_is_about(app, session):
    options = {"in_part": True, "has_groups": True}
    one_and_two = (("1", "2"), ("1", "2"), ("2",), ("3",))
    made = results.voted(
        session,
        ballots=one_and_two,
        options=options,
        projects=("Hal", "Shelter", "Bed"),
        costs=(20_000, 30_000, 240_000),
        pots=(("Nordby", 250_000),),
    )
    session.add(ExclusiveGroup(pot_id=made.pots[0].id, projects=made.projects[:2]))
    made.projects[2].least_oere = 1_000_000
    session.commit()
    results.count(made)
    results.publish(made)

    page = signed_in(app, made.people[Role.COUNCIL]).read(f"{COUNCIL}/andre-regler")

    assert "De andre optællinger regner ikke med det." in page.text
    assert "Bed (får en del)" in page.text
    assert "Her får Hal og Shelter penge, selv om de udelukker hinanden." in page.text
    assert "Flest stemmer først (uden det, spillereglerne lægger til)" in page.text
    # 62.500 to each of four voters: raised by 312 at a time, for one at a time takes long.
    assert "Cirka: andelene er her hævet 312 kr. ad gangen." in page.text


def test_where_the_rules_add_nothing_the_comparison_says_nothing_of_it(app, session):
    made = results.published(session)

    page = signed_in(app, made.people[Role.COUNCIL]).read(f"{COUNCIL}/andre-regler")

    assert "De andre optællinger regner ikke med det." not in page.text
    assert "udelukker" not in page.text
