"""Where a visitor is sent back to: only ever to a page of our own."""

import re
from urllib.parse import urlsplit

FRONT = "/"
UNSAFE_SIGNS = re.compile(r"[\x00-\x20\x7f\\]")


def safe(path: str | None, otherwise: str = FRONT) -> str:
    """Return the path where it leads to a page of this house, else another one."""
    if not path or not path.startswith("/") or path.startswith("//"):
        return otherwise
    if UNSAFE_SIGNS.search(path):
        return otherwise
    try:
        parts = urlsplit(path)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else path
