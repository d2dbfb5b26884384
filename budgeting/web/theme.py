"""The municipality's colour, with shades that can be read on screen by everyone."""

import re
from dataclasses import dataclass

WHITE = (255, 255, 255)
BLACK = (0, 0, 0)
READABLE = 4.5
NEUTRAL = "#1c5c4f"

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Theme:
    """The colours that the style sheet of a municipality names."""

    colour: str
    ink: str
    strong: str
    deep: str
    soft: str
    pale: str


def theme_of(colour: str) -> Theme:
    """Return readable shades of a colour written as ``#1c5c4f``; anything else is neutral.

    ``ink`` is read on ``colour``; ``strong`` and ``deep`` are read on white and on ``pale``.
    """
    base = _parsed(colour if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else NEUTRAL)
    pale = _mixed(base, WHITE, 6)
    strong = _darkened_until_readable(base, pale)
    return Theme(
        colour=_written(base),
        ink=_written(max(WHITE, BLACK, key=lambda ink: contrast(ink, base))),
        strong=_written(strong),
        deep=_written(_mixed(strong, BLACK, 45)),
        soft=_written(_mixed(base, WHITE, 16)),
        pale=_written(pale),
    )


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _darkened_until_readable(colour: Colour, background: Colour) -> Colour:
    for share in range(100, -1, -5):
        candidate = _mixed(colour, BLACK, share)
        if contrast(candidate, background) >= READABLE:
            return candidate
    return BLACK


def _mixed(colour: Colour, other: Colour, share: int) -> Colour:
    """Mix ``share`` percent of a colour into another."""
    red, green, blue = (
        (one * share + two * (100 - share)) // 100 for one, two in zip(colour, other, strict=True)
    )
    return red, green, blue


def _parsed(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
