"""Reads the bytes of a roll file as text, whatever a spreadsheet has made of them."""

import codecs

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ZIPPED = b"PK\x03\x04"
OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0"


class NotText(Refusal):
    """A picture, a program, or something else that is no list."""

    field = "file"
    message = N_("Filen er ikke en liste. Gem regnearket som CSV (UTF-8), og vælg den fil.")


class IsSpreadsheet(NotText):
    """The spreadsheet itself in place of a CSV of it."""

    message = N_("Det er selve regnearket. Gem det som CSV (UTF-8), og vælg den fil i stedet.")


def read(content: bytes) -> str:
    """Return the text of UTF-8 with or without mark, UTF-16 with mark, or Windows-1252."""
    if content.startswith((ZIPPED, OLD_SPREADSHEET)):
        raise IsSpreadsheet()
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
