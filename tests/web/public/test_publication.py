"""What everyone reads of the ballots at each level, and the word of care before publishing."""

import pytest

from budgeting.vocabulary import Publication, Role
from tests import results
from tests.web.visits import signed_in

RESULT = "/runder/nordby-2026/resultat"
PROMISE = "/runder/nordby-2026/hemmelig-stemme"
PUBLISH = "/admin/runder/nordby-2026/optaelling/offentliggoer"
MANY = (("1", "2"),) * 7 + (("3",),) * 6 + (("2",), ("1", "3"), ("4",), ("1",), ("2", "4"))
STATUS = {
    Publication.FULL: {"pb": 200, "grupper.csv": 404},
    Publication.GROUPED: {"pb": 404, "grupper.csv": 200},
    Publication.TOTALS: {"pb": 404, "grupper.csv": 404},
}


@pytest.mark.parametrize("level", Publication)
def test_each_level_hands_out_its_own_files(client, session, level):
    made = results.published(session, ballots=MANY, publication=level)
    pot = made.pots[0].id
    page = client.read(RESULT)

    assert client.get(f"{RESULT}/{pot}.csv").status_code == 200
    assert client.get(f"{RESULT}/{pot}.pb").status_code == STATUS[level]["pb"]
    groups = client.get(f"{RESULT}/{pot}/grupper.csv")
    assert groups.status_code == STATUS[level]["grupper.csv"]
    assert ("(.pb)" in page.text) is (level is Publication.FULL)
    assert ("i grupper (CSV)" in page.text) is (level is Publication.GROUPED)


def test_no_group_in_the_file_is_small(client, session):
    made = results.published(session, ballots=MANY, publication=Publication.GROUPED)

    lines = client.get(f"{RESULT}/{made.pots[0].id}/grupper.csv").text.strip().splitlines()

    assert [line.split(";")[-1] for line in lines[1:]] == ["7", "6", "5"]
    assert "sjældne" in lines[-1]


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (Publication.FULL, "Alle stemmesedler bliver offentliggjort uden navne"),
        (Publication.GROUPED, "som færre end 5 har valgt, bliver ikke vist for sig"),
        (Publication.TOTALS, "men ingen stemmesedler"),
    ],
)
def test_the_promise_and_the_rules_say_what_is_published(client, session, level, said):
    results.voted(session, publication=level)

    assert said in client.read(PROMISE).text
    assert said in client.read("/runder/nordby-2026/spilleregler").text


def test_before_publishing_the_administrator_reads_how_many_are_unique(app, session):
    made = results.counted(session, ballots=MANY)

    page = signed_in(app, made.people[Role.ADMIN]).read(PUBLISH)

    assert "5 af 18 stemmesedler er ulig alle andre (27,8 %)" in page.text
    assert "databeskyttelsesrådgiver" in page.text


def test_there_is_nothing_to_warn_of_where_all_are_alike(app, session):
    made = results.counted(session, ballots=(("1",),) * 6)

    page = signed_in(app, made.people[Role.ADMIN]).read(PUBLISH)

    assert "0 af 6 stemmesedler" in page.text
    assert "databeskyttelsesrådgiver" not in page.text


@pytest.mark.parametrize("level", [Publication.GROUPED, Publication.TOTALS])
def test_lower_levels_do_not_promise_ballots_on_the_last_page(app, session, level):
    made = results.counted(session, ballots=MANY, publication=level)

    page = signed_in(app, made.people[Role.ADMIN]).read(PUBLISH)

    assert "stemmesedlerne uden navne" not in page.text
    assert "ulig alle andre" not in page.text
