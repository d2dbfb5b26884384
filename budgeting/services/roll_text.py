"""Reads the bytes of a roll file as text, whatever a spreadsheet has made of them."""

import codecs

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0"


class NotText(Refusal):
    """A picture, a program, or something else that is no list."""

    field = "file"
    message = N_("Filen er ikke en liste. Vælg et regneark (.xlsx) eller en CSV-fil.")


class IsOldSpreadsheet(NotText):
    """A spreadsheet of before 2007."""

    message = N_("Det er et gammelt regneark (.xls). Gem det som .xlsx eller CSV, og vælg den fil.")


def read(content: bytes) -> str:
    """Return the text of UTF-8 with or without mark, UTF-16 with mark, or Windows-1252."""
    if content.startswith(OLD_SPREADSHEET):
        raise IsOldSpreadsheet()
    text = _decoded(content)
    if "\0" in text:
        raise NotText()
    return text


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith(UTF_16_MARKS) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotText()
