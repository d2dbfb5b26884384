"""A pot drawn as a bar: how wide each part is, counted here so that templates count nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask


@dataclass(frozen=True)
class BarPart:
    """One piece of a bar, with its place and width as percentages for the drawing."""

    label: str
    oere: int
    x: str
    width: str
    tone: str


def cut_bar(limit_oere: int, parts: Sequence[tuple[str, int]]) -> tuple[BarPart, ...]:
    """Cut a bar of ``limit_oere`` into parts given as (label, oere); the rest stays empty.

    Where the parts cost more than the limit, the bar is drawn to the parts' sum.
    """
    whole = max(limit_oere, sum(oere for _, oere in parts), 1)
    pieces = []
    before = 0
    for place, (label, oere) in enumerate(parts):
        tone = f"bar-tone-{place % 4 + 1}"
        pieces.append(BarPart(label, oere, percent(before, whole), percent(oere, whole), tone))
        before += oere
    return tuple(pieces)


def whole_percent(part: int, whole: int) -> int:
    """Return a part of the whole as people say it, at most all of it."""
    return min(100, 100 * part // whole) if whole > 0 else 0


def percent(part: int, whole: int) -> str:
    """Write a part of the whole as a length in SVG: ``12.34%``."""
    hundredths = 10_000 * part // whole if whole > 0 else 0
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def limit_mark(limit_oere: int, parts: Sequence[tuple[str, int]]) -> str | None:
    """Return where the pot ends on the bar when the parts cost more than it holds."""
    whole = sum(oere for _, oere in parts)
    return percent(limit_oere, whole) if whole > limit_oere else None


def add_to(app: Flask) -> None:
    """Let templates draw bars."""
    app.jinja_env.globals.update(cut_bar=cut_bar, bar_percent=percent, limit_mark=limit_mark)
