"""Links of the log kept outside the database, so that a log cut short or written anew shows.

The chain itself shows what was altered inside it. Only a link that lies elsewhere shows that
the end was cut off, or that everything after some deed was written anew with new hashes. The
jobs keep the newest link in a file; keep it in other places too.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import AuditEvent

HASH_SIGNS = 64


class NotALink(ValueError):
    """What should be a kept link is something else."""


@dataclass(frozen=True)
class Link:
    """A deed's number in the log and its link's hash; written as ``17:ab12...``."""

    number: int
    hash: str

    def __str__(self) -> str:
        """Write the link as it is given to `flask audit verify`."""
        return f"{self.number}:{self.hash}"


def parse(text: str) -> Link:
    """Read a link as it is written."""
    number, _, digest = text.strip().partition(":")
    is_hash = len(digest) == HASH_SIGNS and not set(digest.lower()) - set("0123456789abcdef")
    if not (number.isascii() and number.isdigit()) or not is_hash:
        raise NotALink(f"a link is written NUMBER:HASH, not {text.strip()[:80]!r}")
    return Link(int(number), digest.lower())


def last_link(session: Session) -> Link | None:
    """Return the newest link of the log; None where no deed has been done."""
    newest = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    return Link(newest.number, newest.link_hash) if newest else None


def keep_last(now: datetime) -> bool:
    """Write the newest link at the end of the file unless it stands there; return if it was."""
    try:
        newest = last_link(db.session())
    finally:
        db.session.rollback()
    file = _file()
    if newest is None or newest == _last_kept(file):
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as opened:
        opened.write(f"{newest} {now.isoformat(timespec='seconds')}\n")
        opened.flush()
        os.fsync(opened.fileno())
    return True


def kept_links() -> Iterator[Link]:
    """Yield every kept link, oldest first; raises NotALink."""
    file = _file()
    if file.exists():
        with file.open() as opened:
            yield from (parse(line.split(" ")[0]) for line in opened if line.strip())


def _last_kept(file: Path) -> Link | None:
    """Read the last line only: the file grows for as long as the house stands."""
    if not file.exists():
        return None
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - 2 * HASH_SIGNS - 100))
        lines = opened.read().decode(errors="replace").splitlines()
    try:
        return parse(lines[-1].split(" ")[0]) if lines else None
    except NotALink:
        return None


def _file() -> Path:
    return Path(current_app.config["AUDIT_LINKS_FILE"])
