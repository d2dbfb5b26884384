"""Reads the first sheet of an XLSX file row by row, in bounded memory.

A small zip may unfold to more than any memory holds, so what its parts say they unfold to is
added up first; Python's zipfile never hands out more than a part has said. Only the values of
cells are read: a formula is handed on as its own text and refused with its line.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from budgeting.services.roll_refusals import RollRefused
from budgeting.vocabulary import N_

MOST_UNFOLDED = 160 * 1024 * 1024
MOST_SHARED_TEXT = 32 * 1024 * 1024
MOST_TIMES_LARGER = 200
SMALL_ENOUGH = 4 * 1024 * 1024
MOST_PARTS = 1_000
SHARED_TEXT = "xl/sharedstrings.xml"
HEAD_READ = 4_096
WIDEST = 200
BROKEN = (
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    NotImplementedError,
)


class WorkbookBroken(RollRefused):
    """Not a workbook, or one that cannot be read."""

    field = "file"
    message = N_("Regnearket kan ikke læses. Gem det igen som .xlsx eller CSV, og vælg den fil.")


class WorkbookTooLarge(RollRefused):
    """A file that unfolds to far more than a roll."""

    field = "file"
    message = N_(
        "Regnearket fylder for meget, når det pakkes ud. Gem kun arket med vælgerne i en ny fil."
    )


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty with its number, its cells as text."""
    try:
        yield from _rows(content)
    except BROKEN:
        raise WorkbookBroken() from None


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Read with openpyxl, loaded here: it is heavy, and most workers never see a workbook."""
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        _refuse_bomb(parts)
    book = openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=False, keep_links=False
    )
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=WIDEST), 1):
            cells = [_text(value) for value in row]
            if any(cells):
                yield number, cells
    finally:
        book.close()


def _refuse_bomb(parts: zipfile.ZipFile) -> None:
    listed = parts.infolist()
    unfolded = sum(part.file_size for part in listed)
    packed = max(1, sum(part.compress_size for part in listed))
    shared = sum(part.file_size for part in listed if part.filename.lower() == SHARED_TEXT)
    if len(listed) > MOST_PARTS or unfolded > MOST_UNFOLDED or shared > MOST_SHARED_TEXT:
        raise WorkbookTooLarge()
    if unfolded > SMALL_ENOUGH and unfolded > packed * MOST_TIMES_LARGER:
        raise WorkbookTooLarge()
    for part in listed:
        with parts.open(part) as opened:
            if b"<!DOCTYPE" in opened.read(HEAD_READ).upper():
                raise WorkbookBroken()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
