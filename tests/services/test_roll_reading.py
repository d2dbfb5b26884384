"""Reading a roll: any spreadsheet's CSV, and for each refused line its number and the reason."""

from datetime import date

import pytest

from budgeting.services import roll_columns, roll_reading, roll_refusals, roll_table, roll_text
from budgeting.services.roll_reading import Known

HEAD = "nummer;fødselsdato;område\n"
KNOWN = Known(areas={"Nordby": 7, "Ørby Vest": 8}, today=date(2026, 6, 1))


def read(lines, head=HEAD):
    return read_all(head + lines)


def read_all(text):
    table = roll_table.of(text.encode() if isinstance(text, str) else text)
    return roll_reading.read(table, roll_columns.guess(table.headings), KNOWN)


def test_a_line_becomes_a_voter():
    line = read("1001;31-12-1990;Nordby\n").lines[0]

    assert (line.identifier, line.birth_date, line.area_id) == ("1001", date(1990, 12, 31), 7)


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
    reading = read_all(text)

    assert [(line.identifier, line.area_id) for line in reading.lines] == [("1", 7)]
    assert reading.refused == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";31-12-1990;Nordby", roll_refusals.NumberMissing),
        ("x" * 81 + ";;", roll_refusals.NumberTooLong),
        ("Bo 010190-1234;;", roll_refusals.CivilNumberAmongOthers),
        ("=A1+1;;Nordby", roll_refusals.FormulaInCell),
        ("1;;=B2", roll_refusals.FormulaInCell),
        ("@SUM(A1);;Nordby", roll_refusals.FormulaInCell),
        ("1;#REF!;Nordby", roll_refusals.ErrorInCell),
        ("1;;Ã˜rby Vest", roll_refusals.WronglyEncoded),
        ("1;;\ufffdrby Vest", roll_refusals.WronglyEncoded),
        ("1,31-12-1990,Nordby", roll_refusals.MixedSeparators),
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
        ("", roll_refusals.NoVoters),
        ("1001;31-12-1990;Nordby\n", roll_refusals.HeadingsMissing),
        (HEAD, roll_refusals.NoVoters),
        (HEAD + '1;;"' + "x" * 200_000, roll_refusals.Unreadable),
    ],
)
def test_a_file_that_is_no_roll_is_refused_whole(text, reason):
    with pytest.raises(reason):
        read_all(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_danish_letters_survive_every_spreadsheet(encoding):
    text = HEAD + "1;31-12-1990;Ørby Vest\n"

    assert roll_text.read(text.encode(encoding)).lstrip("\ufeff") == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0rest", roll_text.IsOldSpreadsheet),
        (b"\x89PNG\r\n\x1a\n\0\0", roll_text.NotText),
        (b"a\x81b", roll_text.NotText),
        (b"\xff\xfea", roll_text.NotText),
    ],
)
def test_what_is_no_text_is_refused(content, reason):
    with pytest.raises(reason):
        roll_text.read(content)


@pytest.mark.parametrize(
    "number", ["010190-1234", "0101901234", "101901234", "61 0190 1234", "010190\u20131234"]
)
def test_what_may_be_a_cpr_number_is_told_apart_however_it_is_spelled(number):
    assert read(f"{number};;\n1001;;\n").has_civil_numbers


@pytest.mark.parametrize("number", ["1001", "V17", "320190-1234", "12345678", "01019012345"])
def test_other_numbers_are_no_cpr_numbers(number):
    assert not read(f"{number};;\n").has_civil_numbers


def test_one_cpr_number_spelled_two_ways_is_one_person():
    refused = read("010190-1234;;\n101901234;;\n").refused

    assert [type(one.reason) for one in refused] == [roll_refusals.NumberTwice]


def test_a_number_guarded_as_text_is_read_as_the_spreadsheet_shows_it():
    assert read('"=""0012""";;\n').lines[0].identifier == "0012"


def test_an_unknown_area_is_not_quoted_where_it_may_be_a_number_of_a_person():
    reason = read("1;;010190-1234\n").refused[0].reason

    assert "0190" not in str(reason)


def test_name_and_address_become_the_lines_in_the_window():
    line = read_all("id;navn;adresse;postnr og by\n1;Bo  Bo;Vej 1;1234 By\n2;;;\n").lines

    assert line[0].addressee == "Bo Bo\nVej 1\n1234 By"
    assert line[1].addressee is None


def test_a_cpr_number_in_an_address_is_refused():
    reading = read_all("id;navn;adresse;by\n1;010190-1234;Vej 1;By\n")

    assert type(reading.refused[0].reason) is roll_refusals.CivilNumberInAddress


def test_columns_are_guessed_from_their_headings():
    assert roll_columns.guess(["CPR-nr.", "Født den", "Lokalråd", "Bemærkning"]) == {
        "number": 0,
        "birth_date": 1,
        "area": 2,
    }


def test_a_heading_that_stands_twice_is_left_to_the_admin():
    assert "number" not in roll_columns.guess(["nummer", "id", "område"])


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"area": 1}, roll_refusals.ColumnMissing),
        ({"number": 1, "area": 1}, roll_refusals.ColumnTwice),
    ],
)
def test_a_choice_that_cannot_be_read_by_is_refused(columns, reason):
    with pytest.raises(reason):
        roll_columns.refuse_unless_usable(columns)
