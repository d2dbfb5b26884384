"""A fair queue before SQLite's one writer: deeds take their turn by a lock on a file beside it.

SQLite lets those who wait try again now and then, so that an unlucky one is passed by many
others. The lock wakes whoever has waited longest, and a killed process lets go of it. It only
orders the queue: that there is one writer is still SQLite's own doing.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

SUFFIX = "-queue"

_here = threading.local()


@contextmanager
def turn(engine: Engine) -> Iterator[None]:
    """Hold the writer's place on SQLite; other databases have queues of their own."""
    file = _file_of(engine)
    if file is None or getattr(_here, "is_holding", False):
        yield
        return
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        _here.is_holding = True
        yield
    finally:
        _here.is_holding = False
        os.close(handle)


def _file_of(engine: Engine) -> str | None:
    """Return the file that is locked; None where no file is shared with anybody."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name.startswith((":memory:", "file:")):
        return None
    return name + SUFFIX
