"""Takes signs out of typed text that no person types and no database keeps."""

import re
from typing import Any

CONTROL_SIGNS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def without_control_signs(typed: Any) -> Any:
    """Return the text on one line, without control signs; anything but text as it is."""
    return " ".join(CONTROL_SIGNS.sub("", typed).split()) if isinstance(typed, str) else typed


def without_control_signs_in_lines(typed: Any) -> Any:
    """Return the text with its lines, which all end alike, and without control signs."""
    if not isinstance(typed, str):
        return typed
    return CONTROL_SIGNS.sub("", typed.replace("\r\n", "\n")).replace("\r", "\n").strip()
