"""Those who may read the log find what they look for in it, and take it along unharmed."""

import ast
import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask_babel import force_locale

from budgeting.models import AuditEvent
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, transaction
from budgeting.services.audit_lists import ON_A_PAGE
from budgeting.vocabulary import Role
from budgeting.web import audit_words
from tests import make, results
from tests.web.visits import signed_in

ADDRESS = "/admin/hold"
SERVICES = sorted((Path(__file__).parents[3] / "budgeting" / "services").glob("*.py"))
NOON = datetime(2026, 11, 1, 11, tzinfo=UTC)


@pytest.fixture
def reader(app, session):
    admin = make.account(session, Role.ADMIN, name="Anne Admin", email="anne@example.org")
    return signed_in(app, admin)


def do(session, deed="keep_roll", *, by=None, at=NOON, budget_round=None, **details):
    with transaction.deed() as written:
        audit.record(written, deed, by=by, now=at, budget_round=budget_round, **details)


def rows(page):
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in page.soup.select("table.facts tbody tr")
    ]


def table(answer):
    text = answer.get_data(as_text=True)
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_an_empty_log_says_what_will_come(reader):
    assert "Her er ingen hændelser endnu" in reader.read(ADDRESS).text


def test_a_round_is_told_in_words_newest_first(app, session, reader):
    made = results.published(session)

    told = rows(reader.read(ADDRESS))

    assert [row[1].split(" stemmesedler")[0] for row in told] == [
        "Resultatet er offentliggjort",
        "Stemmerne er talt op",
        "Stemmeurnen er åbnet",
        "Stemmeurnen er lukket og forseglet linjer på urnens liste: 5, kuverter: 5",
    ]
    assert told[1][2] == f"Anne Admin {made.budget_round.title}"
    assert told[1][1].endswith("stemmesedler ud: 5, kuverter ind: 5")


def test_what_nobody_signed_in_did_is_the_platforms(session, reader):
    do(session, "import_election", ballots=84)

    assert rows(reader.read(ADDRESS))[0][2] == "Platformen selv"


def test_details_are_told_in_words(app, session):
    do(session, "set_up_round", part="timetable", fingerprint="ab" * 32)
    do(session, "screen_proposal", proposal=1213, outcome="approved", kept=None)
    do(session, "an_old_deed", old_word="før")
    with app.test_request_context(), force_locale("da"):
        told = [audit_words.details(event) for event in session.query(AuditEvent)]

    assert told == [
        "fingeraftryk: abababababababab…, del: Tidsplan",
        "svar: godkendt, forslag nr.: 1.213",
        "old_word: før",
    ]


def test_the_log_is_narrowed_by_each_choice_and_by_all(app, session, reader):
    made = make.budget_round(session)
    admin = session.query(make.Account).filter_by(email="anne@example.org").one()
    do(session, "keep_roll", by=admin, budget_round=made.budget_round, added=1)
    do(session, "publish_result", budget_round=made.budget_round)
    do(session, "keep_municipality", by=admin)
    page = reader.read(ADDRESS)

    def numbers(**asked):
        return [row[0] for row in rows(reader.submit(page, asked, button="Vis"))]

    assert numbers(runde=str(made.budget_round.id)) == ["2", "1"]
    assert numbers(person=str(admin.id)) == ["3", "1"]
    assert numbers(person="0") == ["2"]
    assert numbers(handling="keep_roll") == ["1"]
    assert numbers(runde=str(made.budget_round.id), person=str(admin.id)) == ["1"]
    assert numbers(person="0", handling="keep_roll") == []


def test_days_are_danish_and_both_are_included(session, reader):
    just_before = datetime(2026, 11, 1, 22, 59, 59, tzinfo=UTC)
    for at in (just_before, just_before + timedelta(seconds=1)):
        do(session, at=at)
    page = reader.read(ADDRESS)

    def numbers(**asked):
        return [row[0] for row in rows(reader.submit(page, asked, button="Vis"))]

    assert numbers(til="01-11-2026") == ["1"]
    assert numbers(fra="2.11.2026") == ["2"]
    assert numbers(fra="2026-11-01", til="2026-11-02") == ["2", "1"]


def test_a_day_that_is_none_is_told_at_its_field_and_kept(session, reader):
    do(session)

    page = reader.submit(reader.read(ADDRESS), {"fra": "i går"}, button="Vis", status=422)

    assert "Skriv en dag, for eksempel 13-12-2026." in page.text
    assert page.soup.find(id="fra")["value"] == "i går"


@pytest.mark.parametrize("asked", ["runde=999", "person=x", "handling=%27+or+1", "til=9999-12-31"])
def test_an_address_somebody_made_up_never_breaks_the_page(session, reader, asked):
    do(session)

    assert reader.get(f"{ADDRESS}?{asked}").status_code in (200, 422)
    assert reader.get(f"{ADDRESS}.csv?{asked}&_external=1").status_code == 200


def test_a_long_log_comes_in_pages_that_keep_what_was_asked(session, reader):
    with transaction.deed() as written:
        for _ in range(ON_A_PAGE + 3):
            audit.record(written, "keep_roll", by=None, now=NOON)

    first = reader.read(f"{ADDRESS}?handling=keep_roll")
    second = reader.read(first.link("Næste side"))

    assert (len(rows(first)), len(rows(second))) == (ON_A_PAGE, 3)
    assert "handling=keep_roll" in first.link("Næste side")
    assert rows(reader.read(f"{ADDRESS}?side=999999")) == rows(second)


def test_the_file_holds_all_that_is_asked_for_with_the_chain(session, reader):
    do(session, added=2)
    do(session, "publish_result")

    told = table(reader.get(f"{ADDRESS}.csv?handling=keep_roll"))

    event = session.get(AuditEvent, 1)
    assert told[1] == [
        "1",
        "2026-11-01 12:00:00",
        "Platformen selv",
        "",
        "Valglisten er ændret",
        "lagt ind: 2",
        '{"added":2}',
        event.link_hash,
    ]
    assert len(told) == 2


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_no_spreadsheet_runs_what_somebody_is_called(app, session, reader, sign):
    villain = make.account(session, Role.ADMIN, name=f"{sign}HYPERLINK(1)", email="v@example.org")
    do(session, by=villain)

    told = table(reader.get(f"{ADDRESS}.csv"))

    assert not [cell for row in told for cell in row if cell.startswith(sign)]


def test_the_newest_link_is_there_to_be_kept(session, reader):
    do(session)

    event = session.get(AuditEvent, 1)
    assert f"audit verify --link 1:{event.link_hash}" in reader.read(ADDRESS).text


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COUNCIL])
def test_others_of_the_staff_do_not_read_the_log(app, session, role):
    visitor = signed_in(app, make.account(session, role))

    assert visitor.get(ADDRESS).status_code == 403
    assert visitor.get(f"{ADDRESS}.csv").status_code == 403


def test_the_officer_who_holds_the_key_reads_it_too(app, session):
    assert signed_in(app, make.account(session, Role.OFFICER)).get(ADDRESS).status_code == 200


def test_a_stranger_is_shown_the_door_in(client):
    assert client.get(ADDRESS).status_code == 302


def recorded(file):
    """The name of each deed that a service writes in the log."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if ast.unparse(call.func) == "audit.record":
            yield from names_of(call.args[1], constants, file)


def names_of(said, constants, file):
    """One deed, or where a function is told which: each that its file has a constant for."""
    if isinstance(said, ast.Attribute) and ast.unparse(said.value) == "Deed":
        return [Deed[said.attr].value]
    if isinstance(said, ast.Constant):
        return [said.value]
    if isinstance(said, ast.IfExp):
        either = (said.body, said.orelse)
        return [name for one in either for name in names_of(one, constants, file)]
    assert isinstance(said, ast.Name), f"{file.name} records {ast.unparse(said)}: say which deed"
    assert constants, f"{file.name} records {said.id}: say which deed"
    return [constants[said.id]] if said.id in constants else list(constants.values())


def test_every_deed_that_is_recorded_has_its_words():
    names = {name for file in SERVICES for name in recorded(file)}

    assert len(names) > 10
    assert not names - set(audit_words.DEEDS), "give each deed its words in web/audit_words.py"
