"""What the job worker does again and again; a chore that fails is logged and the others go on."""

import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from budgeting import clock
from budgeting.extensions import db
from budgeting.services import audit_links, board_heads, clean_files, jobs, post, roll

log = logging.getLogger(__name__)

CHORES: dict[str, Callable[[datetime], object]] = {
    "do what is waiting": jobs.run_waiting,
    "forget addresses": roll.forget_addresses,
    "deliver mails": post.deliver_waiting,
    "write the files anew after a destruction": clean_files.clean_due,
    "publish heads of boards": board_heads.publish_due,
    "keep the audit log's last link": audit_links.keep_last,
}


@dataclass(frozen=True)
class Turn:
    """One turn through the chores: whether anything was waiting, and which of them failed."""

    was_busy: bool
    failed: tuple[str, ...]


def take_turn() -> Turn:
    """Do each chore once, now; none of them can keep the others from being done."""
    done = {name: _do(name, chore) for name, chore in CHORES.items()}
    return Turn(
        was_busy=bool(done["do what is waiting"]),
        failed=tuple(name for name, outcome in done.items() if isinstance(outcome, Exception)),
    )


def rest(seconds: float) -> None:
    """Wait for the next turn, or until somebody waits for a piece of work."""
    if isinstance(_do("look for what is waiting", lambda _now: jobs.wait(seconds)), Exception):
        time.sleep(seconds)


def _do(name: str, chore: Callable[[datetime], object]) -> object:
    """Do a chore and return what it returns, or the error it met.

    The log gets where it happened but not the error's own words: they may name a person.
    """
    try:
        return chore(clock.now())
    except Exception as error:
        db.session.rollback()
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("Could not %s: %s. Traceback:\n%s", name, type(error).__name__, where)
        return error
