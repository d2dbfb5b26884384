"""The roll's pages: looked through before anything is stored; codes shown once."""

import io
import logging
import zipfile

import openpyxl
import pytest

from budgeting import clock
from budgeting.ballotbox import code_letters
from budgeting.models import Account, Voter
from budgeting.reports import letters
from budgeting.services import (
    audit,
    guessing_alarm,
    jobs,
    letter_making,
    roll_imports,
    transaction,
)
from budgeting.vocabulary import Phase, Role
from tests import make

HERE = "/admin/runder/nordby-2026/valgliste"
HEAD = "nummer;fødselsdato;område\n"


@pytest.fixture
def empty(session):
    return make.budget_round(session, Phase.DRAFT, voters_in_each_area=0)


def pasted(admin, lines, *, status=200):
    return admin.submit(admin.read(f"{HERE}/laeg-ind"), {"pasted": HEAD + lines}, status=status)


def test_an_empty_roll_says_how_to_begin(admin, empty):
    assert admin.read(HERE).link("Læg vælgere ind") == f"{HERE}/laeg-ind"


def test_a_list_is_looked_through_and_then_put_on_the_roll(session, admin, empty):
    preview = pasted(admin, "1;31-12-1990;Nordby\n2;;\n")
    assert preview.heading == "2 vælgere er klar"
    assert session.query(Voter).count() == 0

    page = admin.submit(preview, button="Læg 2 vælgere på listen")
    assert "2 vælgere er lagt på valglisten." in page.html
    assert session.query(Voter).count() == 2


def test_a_file_from_an_old_spreadsheet_is_read(admin, empty):
    content = (HEAD + "1;31-12-1990;Sydby\n").encode("cp1252")
    page = upload(admin, content)

    assert "1 vælger er klar" in page.get_data(as_text=True)


def upload(admin, content):
    page = admin.read(f"{HERE}/laeg-ind")
    sent = {"csrf_token": page.form().as_it_stands()["csrf_token"], "pasted": ""}
    sent["file"] = (io.BytesIO(content), "liste.csv")
    return admin.post(
        f"{HERE}/laeg-ind", data=sent, content_type="multipart/form-data", follow_redirects=True
    )


def test_a_spreadsheet_itself_is_read(session, admin, empty):
    book = openpyxl.Workbook()
    for row in (("nummer", "fødselsdato", "område"), (1, None, "Nordby")):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)

    assert "1 vælger er klar" in upload(admin, content.getvalue()).get_data(as_text=True)


def test_a_broken_spreadsheet_is_refused_with_what_to_do(admin, empty):
    answer = upload(admin, b"PK\x03\x04 and so on")

    assert answer.status_code == 422
    assert "Gem det igen som .xlsx" in answer.get_data(as_text=True)


def test_each_refused_line_is_told_with_its_number_and_the_text_stays(session, admin, empty):
    page = pasted(admin, "1;;Nordby\n1;;Nordby\n2;i går;Nordby\n3;;Månen\n", status=422)

    assert page.heading == "3 linjer kan ikke bruges"
    assert "3 Nummeret står også på linje 2." in page.text
    assert "5 Lokalområdet „Månen“ findes ikke i runden." in page.text
    assert "3;;Månen" in page.form().as_it_stands()["pasted"]
    assert session.query(Voter).count() == 0


def test_a_list_without_header_is_refused(admin, empty):
    page = admin.submit(
        admin.read(f"{HERE}/laeg-ind"), {"pasted": "1;31-12-1990;Nordby"}, status=422
    )

    assert page.errors[0].startswith("Første linje skal være overskrifter")
    assert page.form().as_it_stands()["pasted"] == "1;31-12-1990;Nordby"


def test_a_preview_that_was_sent_twice_adds_nobody_twice(session, admin, empty):
    preview = pasted(admin, "1;;Nordby\n")
    admin.submit(preview)

    assert "Begynd forfra med filen" in admin.submit(preview).html
    assert session.query(Voter).count() == 1


def codes_made(admin):
    return admin.submit(admin.read(f"{HERE}/koder"), button="Lav ")


def test_codes_come_as_a_mail_merge_file_and_open_the_booth(session, admin, empty):
    admin.submit(pasted(admin, "-1;;Nordby\n"))
    answer = admin.get(codes_made(admin).link("Hent flettefil"))

    head, line, _rest = answer.get_data(as_text=True).split("\r\n")
    assert head == "\ufeffnummer;område;kode;navn;adresse;by;link"
    number, area, code, *_address, link = line.split(";")
    assert (number, area) == ("'-1", "Nordby")
    assert link == f"http://127.0.0.1:5000/runder/nordby-2026/stem#{code}"
    session.expire_all()
    kept = session.query(Voter).one()
    assert code_letters.verify_secret(kept.code_hash, code_letters.parse(code).secret)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_codes_come_as_letters_with_an_address_in_the_window(admin, empty):
    lines = "nummer;fødselsdato;område;navn;adresse;by\n1;;;Bo Bendtsen;Vej 1;1234 By\n"
    page = admin.submit(admin.read(f"{HERE}/laeg-ind"), {"pasted": lines})
    admin.submit(page, button="Læg 1 vælger")
    page = codes_made(admin)

    for words in ("Hent breve på dansk og engelsk", "Kun dansk", "Kun engelsk"):
        answer = admin.get(page.link(words))
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF-")


def test_many_letters_come_in_a_zip(monkeypatch, admin, empty):
    monkeypatch.setattr(letters, "LETTERS_IN_A_FILE", 2)
    admin.submit(pasted(admin, "1;;\n2;;\n3;;\n"))
    answer = admin.get(codes_made(admin).link("Kun dansk"), buffered=True)

    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 2


def test_the_key_of_the_codes_goes_to_their_own_page_only(admin, empty):
    admin.submit(pasted(admin, "1;;\n"))
    form = admin.read(f"{HERE}/koder").form(button="Lav 1 kode")
    answer = admin.post(form.address, data=form.as_it_stands())

    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if "letters_key" in line)
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert f"Path={answer.location}" in cookie


def test_another_browser_of_the_same_admin_cannot_open_the_codes(session, visit, admin, empty):
    admin.submit(pasted(admin, "1;;\n"))
    here = codes_made(admin)
    other = visit(session.query(Account).filter_by(name="Asta Admin").one())

    page = other.read(here.address)
    assert "Filerne kan ikke åbnes i denne browser" in page.text
    told = other.read(f"{here.address}/flettefil")
    assert "Filerne kan kun åbnes i den browser" in told.html


def test_another_admin_finds_no_codes(session, visit, admin, empty):
    admin.submit(pasted(admin, "1;;\n"))
    here = codes_made(admin)
    other = visit(make.account(session, Role.ADMIN, email="anden@example.org"))

    other.read(here.address, status=404)
    other.read(f"{here.address}/flettefil", status=404)


def test_the_codes_are_deleted_when_the_admin_has_them(session, admin, empty):
    admin.submit(pasted(admin, "1;;\n"))
    page = codes_made(admin)
    told = admin.submit(page, button="Slet filerne her")

    assert "Koderne gælder stadig." in told.html
    admin.read(page.address, status=404)


def test_the_page_shows_how_far_the_codes_are(monkeypatch, admin, empty):
    monkeypatch.setattr(letter_making, "CODES_IN_A_SLICE", 2)
    admin.submit(pasted(admin, "1;;\n2;;\n3;;\n"))
    assert admin.read(f"{HERE}/koder").heading == "0 af 3 vælgere har en kode"

    page = codes_made(admin)
    assert page.heading == "Koderne bliver lavet"
    assert "0 af 3 koder er lavet." in page.text
    jobs.run_waiting(clock.now())
    assert "2 af 3 koder er lavet." in admin.read(page.address).text


def test_a_second_press_makes_no_second_codes(admin, empty):
    admin.submit(pasted(admin, "1;;Nordby\n"))
    page = admin.read(f"{HERE}/koder")
    admin.submit(page, button="Lav 1 kode")

    assert "Alle på valglisten har en kode." in admin.submit(page, button="Lav 1 kode").html


def test_a_lost_file_is_made_anew_after_a_warning(admin, empty):
    admin.submit(pasted(admin, "1;;\n"))
    codes_made(admin)

    page = admin.read(admin.read(f"{HERE}/koder").link("Lav den om"))
    assert "De gamle koder i filen virker ikke mere." in page.text
    page = admin.submit(page, button="Lav nye koder")
    assert page.heading == "Koderne er klar"


def test_columns_with_other_headings_are_chosen(session, admin, empty):
    page = admin.submit(
        admin.read(f"{HERE}/laeg-ind"), {"pasted": "ref;sted;født\nx7;Nordby;31-12-1990\n"}
    )
    assert page.heading == "Hvilken kolonne er hvilken?"
    assert "ref (a0)" in page.text
    page = admin.submit(page, {"number": ""}, status=422)
    assert page.errors == ["Vælg, hvilken kolonne der er nummer."]

    page = admin.submit(page, {"number": "0", "area": "1"})
    assert page.heading == "1 vælger er klar"
    admin.submit(page, button="Læg 1 vælger")
    assert session.query(Voter).one().area.name == "Nordby"


def test_the_columns_can_be_changed_from_the_preview(admin, empty):
    page = pasted(admin, "1;31-12-1990;Nordby\n")
    page = admin.read(page.link("Skift kolonner"))

    page = admin.submit(page, {"birth_date": ""})
    assert "1 har ingen fødselsdato" in page.text


def test_every_refused_line_can_be_fetched_as_a_file(admin, empty):
    lines = "".join(f"{number};;=Månen\n" for number in range(250))
    page = pasted(admin, lines, status=422)
    assert page.heading == "250 linjer kan ikke bruges"
    assert "Der er 50 mere" in page.text

    told = admin.get(page.link("Hent alle linjer med fejl")).get_data(as_text=True)
    assert told.count("\r\n") == 251
    assert "2;Der står en formel." in told


def test_a_list_that_is_read_again_says_what_it_changes(admin, empty):
    admin.submit(pasted(admin, "1;31-12-1990;Nordby\n2;;\n"))
    page = pasted(admin, "1;30-12-1990;Nordby\n2;;\n3;;\n")
    assert "Nye på listen: 1" in page.text
    assert "Står der og bliver rettet: 1" in page.text

    told = admin.submit(page, button="Læg 3 vælgere")
    assert "1 vælger er lagt på valglisten. 1 vælger er rettet." in told.html


def test_cpr_numbers_are_told_to_be_hidden(session, admin, empty):
    page = pasted(admin, "010190-1234;01-01-1990;Nordby\n")
    assert "CPR-numre bliver ikke gemt" in page.text

    admin.submit(page, button="Læg 1 vælger")
    assert session.query(Voter).one().roll_number == "V1"


def test_a_large_file_waits_for_the_worker_and_shows_how_far_it_is(monkeypatch, admin, empty):
    monkeypatch.setattr(roll_imports, "SMALL_ENOUGH_TO_WAIT_FOR", 10)
    page = pasted(admin, "1;;Nordby\n2;;\n")
    assert page.heading == "Listen bliver læst"

    jobs.run_waiting(clock.now())
    page = admin.read(page.address)
    page = admin.submit(page, button="Læg 2 vælgere")
    assert page.heading == "Vælgerne lægges på listen"
    jobs.run_waiting(clock.now())
    page = admin.read(page.address)
    assert page.heading == "Listen er lagt ind"
    assert "Nye på listen: 2" in page.text


def test_a_file_larger_than_other_forms_is_let_in(app, admin, empty):
    app.config["MAX_CONTENT_LENGTH"] = 3_000
    lines = "".join(f"{number};;Nordby\n" for number in range(1000))

    assert "1.000 vælgere er klar" in upload(admin, (HEAD + lines).encode()).get_data(as_text=True)


def test_another_admin_does_not_see_a_file_on_its_way(session, visit, admin, empty):
    page = pasted(admin, "1;;\n")
    other = visit(make.account(session, Role.ADMIN, email="anden@example.org"))

    other.read(page.address, status=404)


def test_an_alarm_is_shown_to_the_admin(session, admin, draft):
    with transaction.deed() as deed:
        audit.record(
            deed, guessing_alarm.DEED, by=None, now=clock.now(), budget_round=draft.budget_round
        )

    assert "Nogen gætter måske koder" in admin.read(HERE).text


def test_a_lost_letter_gets_a_new_code_that_is_shown_once(session, admin, draft):
    old = draft.voters[0].code_hash
    page = admin.submit(
        admin.read(HERE), {"roll_number": draft.voters[0].roll_number}, button="Lav en ny kode"
    )

    assert "Koden bliver kun vist nu" in page.text
    session.expire_all()
    assert draft.voters[0].code_hash != old


def test_a_code_is_voided(session, admin, draft):
    page = admin.read(HERE)
    form = page.form().as_it_stands() | {"roll_number": draft.voters[0].roll_number}
    admin.post(f"{HERE}/annuller-kode", data=form)

    session.expire_all()
    assert draft.voters[0].code_hash is None


def test_a_number_that_is_not_on_the_roll_is_told_at_the_field(admin, draft):
    page = admin.submit(
        admin.read(HERE), {"roll_number": "404"}, button="Lav en ny kode", status=422
    )

    assert page.errors == ["Nummeret står ikke på valglisten. Se efter en tastefejl."]
    assert page.form().as_it_stands()["roll_number"] == "404"


def test_the_roll_of_a_draft_is_emptied_after_a_warning(session, admin, draft):
    admin.submit(admin.read(f"{HERE}/toem"), button="Tøm valglisten")

    assert session.query(Voter).count() == 0


def test_voters_are_added_while_people_vote_and_not_after(session, admin):
    made = make.budget_round(session, Phase.VOTING)
    admin.submit(pasted(admin, "77;;Nordby\n"))
    assert session.query(Voter).filter_by(roll_number="77").count() == 1

    made.budget_round.voting_closes = made.budget_round.voting_opens
    session.commit()
    admin.read(f"{HERE}/laeg-ind", status=403)
    assert "valglisten er lukket" in admin.read(HERE).text


def test_no_number_and_no_birth_date_reaches_a_log(caplog, admin, empty):
    caplog.set_level(logging.DEBUG)
    admin.submit(pasted(admin, "4711;24-12-1987;Nordby\n"))
    pasted(admin, "4711;24-12-1987;Nordby\n4712;x;y\n", status=422)
    admin.submit(admin.read(HERE), {"roll_number": "4711"}, button="Lav en ny kode")

    assert not any(secret in caplog.text for secret in ("4711", "4712", "1987"))


def test_a_template_opens_in_a_spreadsheet(admin, empty):
    answer = admin.get(f"{HERE}/skabelon")

    assert answer.get_data(as_text=True).startswith("\ufeffnummer;fødselsdato;område\r\n")
