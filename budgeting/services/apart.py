"""Does heavy work in a copy of this process that then ends: all it took goes back to the machine.

Only a worker for jobs does this, which has one thread.
"""

import logging
import os
import sys
import time
from collections.abc import Callable

from budgeting.extensions import db

LOOKS_IN_A_SECOND, SECONDS_BETWEEN_WORDS = 50, 10

log = logging.getLogger(__name__)


class CopyFailed(RuntimeError):
    """The copy ended before its work was done."""


def run(work: Callable[[], None], *, meanwhile: Callable[[], None]) -> None:
    """Do the work in a copy and wait for it; ``meanwhile`` is done every few seconds."""
    db.session.rollback()
    db.engine.dispose()  # no connection is held by two
    sys.stdout.flush()
    copy = os.fork()
    if copy == 0:
        os._exit(_worked(work))
    _wait_for(copy, meanwhile)


def _worked(work: Callable[[], None]) -> int:
    """Return the exit code; the log names what went wrong, never what was counted."""
    try:
        work()
    except BaseException as error:
        log.error("The work apart stopped: %s", type(error).__name__)
        return 1
    return 0


def _wait_for(copy: int, meanwhile: Callable[[], None]) -> None:
    looks = 0
    while True:
        ended, status = os.waitpid(copy, os.WNOHANG)
        if ended:
            break
        time.sleep(1 / LOOKS_IN_A_SECOND)
        looks += 1
        if looks % (LOOKS_IN_A_SECOND * SECONDS_BETWEEN_WORDS) == 0:
            meanwhile()
    if status:
        raise CopyFailed(f"a copy of the worker ended with {status}")
