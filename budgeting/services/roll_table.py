"""The table in an uploaded roll: its headings, and its rows with their line numbers."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from budgeting.services import roll_refusals as refused
from budgeting.services import roll_text, roll_workbook

DELIMITERS = (";", "\t", ",")
ZIPPED = b"PK\x03\x04"
TEXT_IN_FORMULA = re.compile(r'="([^"]*)"')
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class RollTable:
    """Headings, and the rows below them; the rows can be walked once.

    ``delimiter`` is what parts the cells, none in a workbook; ``lines`` is about how many
    there are, where that is known beforehand.
    """

    headings: tuple[str, ...]
    rows: Iterator[Row]
    delimiter: str | None
    lines: int


def of(content: bytes) -> RollTable:
    """Return the table of a CSV or XLSX file; a formula stays as it is written."""
    if content.startswith(ZIPPED):
        return _headed(roll_workbook.rows(content), delimiter=None, lines=0)
    text = roll_text.read(content).lstrip("\ufeff")
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=head.count)
    return _headed(_rows(text, delimiter), delimiter=delimiter, lines=text.count("\n"))


def _headed(rows: Iterator[Row], *, delimiter: str | None, lines: int) -> RollTable:
    headings = tuple(cell.strip() for cell in next(rows, (1, []))[1])
    while headings and not headings[-1]:
        headings = headings[:-1]
    return RollTable(headings, rows, delimiter, lines)


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield each row that is not empty with the number of the line it begins on."""
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    while True:
        try:
            row = next(table, None)
        except csv.Error as error:
            raise refused.Unreadable(line=begins) from error
        if row is None:
            return
        cells = [_plain(cell.strip()) for cell in row]
        if any(cells):
            yield begins, cells
        begins = table.line_num + 1


def _plain(cell: str) -> str:
    """Return the text that a spreadsheet was made to keep as it is: ``="0012"`` is 0012."""
    found = TEXT_IN_FORMULA.fullmatch(cell)
    return found[1].strip() if found else cell
