"""Reading a roll: any spreadsheet's CSV, and for each refused line its number and the reason."""

from datetime import date

import pytest

from budgeting.services import roll_reading, roll_refusals, roll_text
from budgeting.services.roll_reading import Known

HEAD = "nummer;fødselsdato;område\n"
KNOWN = Known(areas={"Nordby": 7, "Ørby Vest": 8}, taken=frozenset({"900"}), today=date(2026, 6, 1))


def read(lines, head=HEAD):
    return roll_reading.read(head + lines, KNOWN)


def test_a_line_becomes_a_voter():
    line = read("1001;31-12-1990;Nordby\n").lines[0]

    assert (line.roll_number, line.birth_date, line.area_id) == ("1001", date(1990, 12, 31), 7)


@pytest.mark.parametrize(
    "text",
    [
        "nummer,fødselsdato,område\n1,1990-12-31,Nordby\n",
        "nummer\tfødselsdato\tområde\r\n1\t31.12.1990\tNordby\r\n",
        "\ufeffNummer;Fødselsdato;Område\n1;31/12/1990;nordby",
        "område;nummer;navn;fødselsdato\nNordby;1;Bo;31-12-1990\n",
        '\n\n"nummer";"fødselsdato";"område"\n\n" 1 ";"31-12-1990";" Nordby "\n;;\n',
    ],
)
def test_separators_column_order_and_empty_lines_do_not_matter(text):
    reading = roll_reading.read(text, KNOWN)

    assert [(line.roll_number, line.area_id) for line in reading.lines] == [("1", 7)]
    assert reading.refused == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";31-12-1990;Nordby", roll_refusals.NumberMissing),
        ("x" * 81 + ";;", roll_refusals.NumberTooLong),
        ("010190-1234;;", roll_refusals.CivilNumber),
        ("0101901234;;", roll_refusals.CivilNumber),
        ("900;;Nordby", roll_refusals.AlreadyOnRoll),
        ("1;31-13-1990;Nordby", roll_refusals.NotADay),
        ("1;31-12-90;Nordby", roll_refusals.NotADay),
        ("1;i går;Nordby", roll_refusals.NotADay),
        ("1;02-06-2026;Nordby", roll_refusals.BornInTheFuture),
        ("1;31-12-1890;Nordby", roll_refusals.BornTooLongAgo),
        ("1;31-12-1990;Sydby", roll_refusals.UnknownArea),
        ("1;31-12-1990;Nordby;for meget", roll_refusals.TooManyCells),
    ],
)
def test_a_line_is_refused_with_its_number_and_the_reason(line, reason):
    refused = read(f"5;31-12-1990;Nordby\n{line}\n").refused

    assert [(one.line, type(one.reason)) for one in refused] == [(3, reason)]


def test_the_second_of_two_like_numbers_is_refused_and_points_to_the_first():
    refused = read("5;;\n6;;\n5;;\n").refused

    assert [one.line for one in refused] == [4]
    assert refused[0].reason.values["first"] == 2


def test_lines_are_counted_as_an_editor_shows_them():
    refused = read('5;;"Ørby\nVest"\n\n6;i morgen;Nordby\n').refused

    assert [one.line for one in refused] == [5]


def test_what_is_said_of_a_line_names_no_person():
    reading = read("1001;31-12-1990;Nordby\n1001;1-1-2999;Nordby\n2002;31-12-2999;Nordby\n")
    said = "".join(f"{one!r}{one.reason}{one.reason!r}" for one in reading.refused)
    said += "".join(repr(line) for line in reading.lines)

    assert not any(secret in said for secret in ("1001", "2002", "1990", "2999"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", roll_refusals.ColumnMissing),
        ("1001;31-12-1990;Nordby\n", roll_refusals.ColumnMissing),
        ("nummer;fødselsdato\n1;31-12-1990\n", roll_refusals.ColumnMissing),
        ("nummer;nummer;fødselsdato;område\n", roll_refusals.ColumnTwice),
        (HEAD, roll_refusals.NoVoters),
        (HEAD + '1;;"' + "x" * 200_000, roll_refusals.Unreadable),
    ],
)
def test_a_file_that_is_no_roll_is_refused_whole(text, reason):
    with pytest.raises(reason):
        roll_reading.read(text, KNOWN)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_danish_letters_survive_every_spreadsheet(encoding):
    text = HEAD + "1;31-12-1990;Ørby Vest\n"

    assert roll_text.read(text.encode(encoding)).lstrip("\ufeff") == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04rest", roll_text.IsSpreadsheet),
        (b"\xd0\xcf\x11\xe0rest", roll_text.IsSpreadsheet),
        (b"\x89PNG\r\n\x1a\n\0\0", roll_text.NotText),
        (b"a\x81b", roll_text.NotText),
        (b"\xff\xfea", roll_text.NotText),
    ],
)
def test_what_is_no_text_is_refused(content, reason):
    with pytest.raises(reason):
        roll_text.read(content)
