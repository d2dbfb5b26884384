"""The letters with codes: accessible pages with a QR code that leads to the booth with the code."""

import json
import re
from datetime import UTC, datetime

import numpy as np
import pytest
import segno

from budgeting.ballotbox import code_letters
from budgeting.reports import letters, qr_codes, typesetter
from budgeting.reports.letters import Frame, Letter

ADDRESS = "https://borgerbudget.example.org/runder/nordby-2026/stem"
FRAME = Frame(
    municipality="Prøveby Kommune",
    phone="12 34 56 78",
    title="Nordby #1 *bestemmer*",
    address=ADDRESS,
    closes=datetime(2026, 12, 13, 22, 59, tzinfo=UTC),
)


def letter(number=1, addressee="Bo Bendtsen\nLærkevej 7\n1234 Nordby"):
    return Letter(str(number), addressee, "Nordby", code_letters.make_code().text)


@pytest.fixture
def told(monkeypatch):
    """What is handed to the typesetter, in place of its PDF."""
    kept = []
    monkeypatch.setattr(
        typesetter, "pdf", lambda frame, some: kept.append((frame, some)) or b"%PDF"
    )
    return kept


def test_a_letter_is_an_accessible_pdf_with_a_page_for_each_voter():
    content = letters.pdf([letter(1), letter(2, addressee=None)], FRAME, ("da", "en"))

    assert content.startswith(b"%PDF-")
    assert b"/MarkInfo" in content
    assert len(re.findall(rb"/Type ?/Page\b", content)) == 2


def test_the_window_shows_who_it_is_for_and_the_number_on_the_roll(told):
    letters.pdf([letter(7), letter(8, addressee=None)], FRAME, ("da",))

    first, second = told[0][1]
    assert first["to"] == ["Bo Bendtsen", "Lærkevej 7", "1234 Nordby", "Vælger 7"]
    assert second["to"] == ["Vælger 8"]


def test_a_letter_speaks_the_languages_asked_for_with_danish_time(told):
    letters.pdf([letter()], FRAME, ("da", "en"))

    danish, english = told[0][0]["words"]
    assert danish["until"] == "Du kan stemme indtil søndag den 13. december 2026 kl. 23.59."
    assert english["until"] == "You can vote until Sunday 13 December 2026 at 23:59."


def test_both_languages_say_the_same_things():
    texts = json.loads((letters.HERE / "letter_texts.json").read_text("utf-8"))

    assert texts["da"].keys() == texts["en"].keys()
    for name, text in texts["da"].items():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", texts["en"][name])


def test_many_letters_come_in_files_in_their_order(told, monkeypatch):
    monkeypatch.setattr(letters, "LETTERS_IN_A_FILE", 2)
    monkeypatch.setattr(letters, "SET_AT_A_TIME", 1)

    assert len(list(letters.files(map(letter, range(7)), FRAME, ("da",)))) == 4
    assert [len(some) for _, some in told] == [2, 2, 2, 1]


def test_what_the_typesetter_says_when_it_fails_is_not_repeated():
    with pytest.raises(typesetter.TypesettingFailed) as failed:
        typesetter.pdf({}, [{"code": "K7QX-9R2M-4TBD-83VH"}])
    assert "K7QX" not in str(failed.value)


@pytest.mark.parametrize("address", [ADDRESS, "http://127.0.0.1:5000/runder/x/stem"])
def test_every_drawn_qr_code_is_segnos_own(address):
    drawer = qr_codes.CodeDrawer(f"{address}#")
    for _ in range(20):
        code = code_letters.make_code().text
        own = segno.make(
            f"{address}#{code}".encode(),
            version=drawer._version,
            error="m",
            mask=qr_codes.MASK,
            mode="byte",
            boost_error=False,
        )
        assert (drawer.squares(code) == np.array([list(row) for row in own.matrix])).all()


def test_the_picture_draws_every_dark_square_once():
    drawer = qr_codes.CodeDrawer(f"{ADDRESS}#")
    code = code_letters.make_code().text
    squares = drawer.squares(code)

    drawn = np.zeros_like(squares)
    for left, top, long in re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawer.picture(code)):
        drawn[int(top), int(left) : int(left) + int(long)] += 1
    assert (drawn == squares).all()
