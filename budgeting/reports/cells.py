"""Cells of the files we write: harmless to a spreadsheet that would run a formula.

A cell that begins with one of these signs is run by spreadsheets (OWASP, "CSV Injection");
an apostrophe in front makes it plain text.
"""

import csv
import io
from collections.abc import Iterable, Sequence

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"


def harmless(cell: str) -> str:
    """Return the cell as text that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(RUN_BY_SPREADSHEETS) else cell


def written(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV that Danish spreadsheets open as it stands: semicolons, UTF-8 with mark."""
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow(head)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()
