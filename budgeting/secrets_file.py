"""The secret that signs cookies: made at first start, kept in a file only we may read."""

import os
import secrets
from pathlib import Path
from typing import Any

from budgeting.config import DEMO_SECRET


class UnsafeSecret(RuntimeError):
    """The app will not start with a secret that others know."""


def secret_key(known: dict[str, Any], instance: Path) -> str:
    """Return the given secret, or the one in the instance folder, made if missing."""
    given = str(known["SECRET_KEY"])
    if not given:
        return _kept_in(instance / "secret_key")
    if given == DEMO_SECRET and not known["DEMO"]:
        raise UnsafeSecret("SECRET_KEY is the demo's. Take it away, and one is made for you.")
    if len(given) < 16:
        raise UnsafeSecret("SECRET_KEY must have at least 16 signs.")
    return given


def _kept_in(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_urlsafe(48))
    return file.read_text()
