"""Amounts, moments and names are written as Danes, and readers of English, expect."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import Babel, force_locale
from hypothesis import given
from hypothesis import strategies as st

from budgeting.web import bars, formats, theme
from budgeting.web.forms import amounts

CLOSING = datetime(2026, 12, 13, 22, 59, tzinfo=UTC)


@pytest.fixture
def english():
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context(), force_locale("en"):
        yield


@pytest.fixture
def danish():
    app = Flask(__name__)
    Babel(app, default_locale="da")
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("oere", "written"),
    [
        (12_500_000, "125.000\u00a0kr."),
        (12_500_050, "125.000,50\u00a0kr."),
        (0, "0\u00a0kr."),
        (5, "0,05\u00a0kr."),
        (-120_000, "-1.200\u00a0kr."),
        (100_000_000_000, "1.000.000.000\u00a0kr."),
    ],
)
def test_an_amount_is_written_with_points_between_thousands(oere, written):
    assert formats.kr(oere) == written


def test_an_amount_in_another_currency_names_it():
    assert formats.kr(12_500_000, "EUR") == "125.000\u00a0euro"


def test_english_names_the_currency_first(english):
    assert formats.kr(12_500_050) == "DKK\u00a0125,000.50"


@given(st.integers(0, amounts.HIGHEST_OERE))
def test_a_written_amount_reads_back_as_the_same_amount(oere):
    assert amounts.read_oere(formats.kr(oere)) == oere


def test_a_moment_is_shown_on_a_danish_clock():
    assert formats.when(CLOSING) == "søndag den 13.\u00a0december 2026 kl.\u00a023.59"


def test_a_moment_in_summer_is_shown_in_summer_time():
    assert formats.when(datetime(2026, 7, 1, 10, 0, tzinfo=UTC)).endswith("kl.\u00a012.00")


def test_a_moment_is_shown_in_english(english):
    assert formats.when(CLOSING) == "Sunday 13 December 2026 at 23:59"
    assert formats.day(CLOSING) == "13 December 2026"
    assert formats.clock_time(CLOSING) == "23:59"


def test_a_day_is_the_danish_day():
    assert formats.day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "1.\u00a0januar 2027"
    assert formats.day(date(2026, 12, 13)) == "13.\u00a0december 2026"


def test_the_time_of_day_is_written_with_a_point():
    assert formats.clock_time(CLOSING) == "kl.\u00a023.59"


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        formats.when(datetime(2026, 12, 13, 22, 59))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=9, hours=23), "9 dage tilbage"),
        (timedelta(days=1), "1 dag tilbage"),
        (timedelta(hours=23, minutes=59), "23 timer tilbage"),
        (timedelta(hours=1), "1 time tilbage"),
        (timedelta(minutes=12), "12 minutter tilbage"),
        (timedelta(minutes=1, seconds=59), "1 minut tilbage"),
        (timedelta(seconds=30), "Under et minut tilbage"),
        (timedelta(0), "Fristen er gået"),
        (timedelta(days=-1), "Fristen er gået"),
    ],
)
def test_the_time_left_is_never_said_to_be_more_than_it_is(danish, left, said):
    assert formats.time_left(CLOSING - left, CLOSING) == said


def test_danish_names_sort_with_aa_last_and_without_regard_to_case():
    names = ["Ålborg", "Aabenraa", "Århus", "Ærø", "zoo", "Østerby", "Anders", "abe", "Aarhus"]
    assert sorted(names, key=formats.danish_key) == [
        "abe",
        "Anders",
        "zoo",
        "Ærø",
        "Østerby",
        "Aabenraa",
        "Ålborg",
        "Aarhus",
        "Århus",
    ]


def test_accents_do_not_move_a_name():
    assert sorted(["Idun", "Idé", "Ida"], key=formats.danish_key) == ["Ida", "Idé", "Idun"]


@given(st.text(), st.text())
def test_two_texts_sort_alike_only_when_they_are_the_same(one, other):
    assert (formats.danish_key(one) == formats.danish_key(other)) == (one == other)


def test_a_code_is_written_in_groups_of_four():
    assert formats.code_groups("K7M2-9QXA3BTR") == "K7M2 9QXA 3BTR"


def test_a_code_is_read_aloud_sign_by_sign():
    assert formats.code_aloud("K7M29QXA") == "K, 7, M, 2. 9, Q, X, A"


def test_a_share_has_one_decimal_where_it_needs_one():
    assert formats.share(1213, 7581) == "16\u00a0%"
    assert formats.share(1, 8) == "12,5\u00a0%"
    assert formats.share(0, 0) == "0\u00a0%"


def test_what_people_type_becomes_paragraphs_and_never_markup():
    assert formats.paragraphs("En\nto\r\n\r\n<b>") == "<p>En<br>to</p>\n<p>&lt;b&gt;</p>"


def test_a_bar_is_cut_at_the_parts_and_the_rest_stays_empty():
    first, second = bars.cut_bar(400, [("a", 100), ("b", 200)])
    assert (first.x, first.width) == ("0.00%", "25.00%")
    assert (second.x, second.width) == ("25.00%", "50.00%")


def test_a_bar_that_costs_too_much_marks_where_the_pot_ends():
    (piece,) = bars.cut_bar(300, [("a", 400)])
    assert piece.width == "100.00%"
    assert bars.limit_mark(300, [("a", 400)]) == "75.00%"
    assert bars.limit_mark(300, [("a", 300)]) is None


COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_every_municipal_colour_can_be_read(colour):
    shades = theme.theme_of(colour)
    pairs = [
        (shades.ink, shades.colour),
        (shades.strong, shades.pale),
        (shades.strong, "#ffffff"),
        (shades.deep, shades.soft),
    ]
    for ink, ground in pairs:
        assert theme.contrast(theme._parsed(ink), theme._parsed(ground)) >= 4.5


def test_a_colour_that_is_none_becomes_the_neutral_one():
    assert theme.theme_of("red; } body { display: none").colour == theme.NEUTRAL
