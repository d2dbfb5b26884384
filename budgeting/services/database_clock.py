"""The one clock that several servers agree on: the database's, where there is a server for it."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from budgeting import clock
from budgeting.extensions import db


def now() -> datetime:
    """Return the present moment by the clock that the end of the voting is decided by.

    With PostgreSQL it is the database server's, so that two web servers whose clocks differ
    close at the same moment. A file of SQLite is used by one machine only, so that machine's
    clock is it. A demo's shift applies to both.
    """
    if db.engine.dialect.name != "postgresql":
        return clock.now()
    moment = db.session.scalar(select(func.clock_timestamp()))
    assert isinstance(moment, datetime)
    return moment.astimezone(UTC) + clock.offset()
