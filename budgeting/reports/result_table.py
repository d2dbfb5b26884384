"""A pot's result as a table for spreadsheets."""

from collections.abc import Mapping, Sequence

from budgeting.reports import cells


def as_csv(rows: Sequence[Mapping[str, str | int]]) -> bytes:
    """Write rows, all with the same heads, so that Danish spreadsheets open them as they stand."""
    import pandas

    table = pandas.DataFrame([_harmless(row) for row in rows], dtype=object)
    text: str = table.to_csv(index=False, sep=";", lineterminator="\r\n")
    return (cells.BYTE_ORDER_MARK + text).encode()


def plain_amount(oere: int) -> str:
    """Write an amount as a number that a Danish spreadsheet can add up: ``24000,50``."""
    return f"{oere // 100},{oere % 100:02d}"


def _harmless(row: Mapping[str, str | int]) -> dict[str, str | int]:
    return {
        head: cells.harmless(cell) if isinstance(cell, str) else cell for head, cell in row.items()
    }
