"""The roll's pages: looked through before anything is stored; codes shown once."""

import io
import logging

import pytest

from budgeting.ballotbox import code_letters
from budgeting.models import Voter
from budgeting.services import code_files
from budgeting.vocabulary import Phase
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
    return admin.post(f"{HERE}/laeg-ind", data=sent, content_type="multipart/form-data")


def test_a_spreadsheet_itself_is_refused_with_what_to_do(admin, empty):
    answer = upload(admin, b"PK\x03\x04 and so on")

    assert answer.status_code == 422
    assert "Gem det som CSV" in answer.get_data(as_text=True)


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

    assert page.errors == [
        "Kolonnen „nummer“ mangler. Første linje skal være: nummer;fødselsdato;område"
    ]


def test_a_preview_that_was_sent_twice_adds_nobody_twice(session, admin, empty):
    preview = pasted(admin, "1;;Nordby\n")
    admin.submit(preview)

    admin.submit(preview, status=422)
    assert session.query(Voter).count() == 1


def test_codes_come_in_a_file_once_and_open_the_booth(session, admin, empty):
    admin.submit(pasted(admin, "=1+1;;Nordby\n"))
    page = admin.read(f"{HERE}/koder")
    answer = admin.post(
        f"{HERE}/koder/naeste", data={"csrf_token": page.form().as_it_stands()["csrf_token"]}
    )

    head, line, _rest = answer.get_data(as_text=True).split("\r\n")
    assert head == "\ufeffnummer;område;kode"
    number, area, code = line.split(";")
    assert (number, area) == ("'=1+1", "Nordby")
    session.expire_all()
    kept = session.query(Voter).one()
    assert code_letters.verify_secret(kept.code_hash, code_letters.parse(code).secret)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_second_press_makes_no_second_codes(admin, empty):
    admin.submit(pasted(admin, "1;;Nordby\n"))
    page = admin.read(f"{HERE}/koder")
    admin.post(f"{HERE}/koder/naeste", data=page.form().as_it_stands())

    told = admin.submit(page)
    assert "Alle på valglisten har en kode." in told.html


def test_the_page_shows_how_far_the_codes_are(monkeypatch, admin, empty):
    monkeypatch.setattr(code_files, "CODES_IN_A_FILE", 2)
    admin.submit(pasted(admin, "1;;\n2;;\n3;;\n"))
    page = admin.read(f"{HERE}/koder")
    assert page.heading == "0 af 3 vælgere har en kode"

    admin.post(f"{HERE}/koder/naeste", data=page.form().as_it_stands())
    page = admin.read(f"{HERE}/koder")
    assert page.heading == "2 af 3 vælgere har en kode"
    assert "Lav fil 2 med 1 kode" in page.text


def test_a_lost_file_is_made_anew_after_a_warning(admin, empty):
    admin.submit(pasted(admin, "1;;\n"))
    page = admin.read(f"{HERE}/koder")
    admin.post(f"{HERE}/koder/naeste", data=page.form().as_it_stands())

    page = admin.read(admin.read(f"{HERE}/koder").link("Lav den om"))
    assert "De gamle koder i filen virker ikke mere." in page.text
    answer = admin.post(page.form().address, data=page.form().as_it_stands())
    assert answer.mimetype == "text/csv"


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
