"""Reading XLSX: the values people see, formulas refused, and files that unfold to too much."""

import io
import tracemalloc
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from budgeting.services import roll_columns, roll_reading, roll_refusals, roll_table, roll_workbook
from budgeting.services.roll_reading import Known

KNOWN = Known(areas={"Nordby": 7}, today=date(2026, 6, 1))
HEAD = ("nummer", "fødselsdato", "område")
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read(content):
    table = roll_table.of(content)
    return roll_reading.read(table, roll_columns.guess(table.headings), KNOWN)


def with_part(content, name, text):
    """The same workbook with one part put in place of its own."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, text)
    return changed.getvalue()


def test_numbers_dates_and_text_are_read_as_people_see_them():
    content = workbook(HEAD, (1001, date(1990, 12, 31), "Nordby"), ("0012", "01-07-2011", None))
    lines = read(content).lines

    assert [(one.identifier, one.birth_date, one.area_id) for one in lines] == [
        ("1001", date(1990, 12, 31), 7),
        ("0012", date(2011, 7, 1), None),
    ]


def test_a_cpr_number_that_has_become_an_amount_is_still_one():
    assert read(workbook(HEAD, (101901234, None, None))).has_civil_numbers


def test_a_formula_is_refused_with_its_line():
    refused = read(workbook(HEAD, (1, None, "Nordby"), ("=1+1", None, "Nordby"))).refused

    assert [(one.line, type(one.reason)) for one in refused] == [(3, roll_refusals.FormulaInCell)]


def test_a_formula_that_shows_a_value_is_refused_too():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_formula(1, 0, "=1000+1", value=1001)
    assert type(read(content.getvalue()).refused[0].reason) is roll_refusals.FormulaInCell


def test_a_file_that_unfolds_to_too_much_is_refused_in_bounded_memory():
    bomb = with_part(workbook(HEAD), SHEET, b"<a>" + b" " * (200 * 1024 * 1024))
    assert len(bomb) < 1_000_000

    tracemalloc.start()
    with pytest.raises(roll_workbook.WorkbookTooLarge):
        read(bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * 1024 * 1024


def test_a_file_that_lies_about_how_much_it_unfolds_to_is_refused():
    bomb = bytearray(with_part(workbook(HEAD), SHEET, b"<a>" + b" " * (64 * 1024 * 1024)))
    true_size = (64 * 1024 * 1024 + 3).to_bytes(4, "little")
    said = bytes(bomb).replace(true_size, (1000).to_bytes(4, "little"))
    assert said != bytes(bomb)

    with pytest.raises((roll_workbook.WorkbookBroken, roll_workbook.WorkbookTooLarge)):
        read(said)


def test_entities_are_refused():
    lol = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><worksheet/>'
    with pytest.raises(roll_workbook.WorkbookBroken):
        read(with_part(workbook(HEAD), SHEET, lol))


@pytest.mark.parametrize("content", [b"PK\x03\x04 and so on", workbook(HEAD)[:900]])
def test_a_broken_workbook_is_refused(content):
    with pytest.raises(roll_workbook.WorkbookBroken):
        read(content)


def test_a_zip_that_is_no_workbook_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("liste.csv", "nummer;fødselsdato;område")
    with pytest.raises(roll_workbook.WorkbookBroken):
        read(content.getvalue())
