"""What was deleted goes from the database's files too, not only from its tables.

A database keeps the bytes of a deleted row until it needs the room. After the envelopes have
been destroyed its files are therefore written anew. Backups, and what the operator archives of
a write-ahead log, lie outside the database and outside of this.
"""

import logging
from collections.abc import Sequence
from contextlib import closing
from sqlite3 import OperationalError
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError as NoTurn

from budgeting.models import Base
from budgeting.services import writers_queue

LONGEST_WAIT_MILLISECONDS = 2_000

log = logging.getLogger(__name__)


def write_anew(engine: Engine, tables: Sequence[type[Base]]) -> bool:
    """Write the files of these tables anew, without what was deleted from them.

    Returns whether nothing of it is left: somebody who still reads what was there before, such
    as a backup that is being taken, keeps it there until they are done.
    """
    if engine.dialect.name == "postgresql":
        return _write_tables_anew(engine, [table.__tablename__ for table in tables])
    with writers_queue.turn(engine), closing(engine.raw_connection()) as connection:
        return _write_file_anew(connection.driver_connection)


def _write_tables_anew(engine: Engine, names: Sequence[str]) -> bool:
    """Only the table's owner may: PostgreSQL says so itself where somebody else tries."""
    told: list[str] = []
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        driver: Any = connection.connection.driver_connection
        told_to = _listener(told)
        driver.add_notice_handler(told_to)
        try:
            _vacuum(connection, names)
        except NoTurn as trouble:
            log.warning("Deleted rows are still in the database's files: %s", trouble.orig)
            return False
        finally:
            driver.remove_notice_handler(told_to)
    kept = sum(map(_rows_kept, told))
    if kept:
        log.warning("%s deleted rows are still in the database's files: somebody reads them.", kept)
    return not kept


def _vacuum(connection: Connection, names: Sequence[str]) -> None:
    """Whoever votes in another round waits for the table, so nobody waits long to get at it."""
    connection.execute(text(f"SET lock_timeout = {LONGEST_WAIT_MILLISECONDS}"))
    try:
        for name in names:
            connection.execute(text(f'VACUUM (FULL, VERBOSE) "{name}"'))
    finally:
        connection.execute(text("RESET lock_timeout"))


def _listener(told: list[str]) -> Any:
    return lambda notice: told.append(notice.message_detail or "")


def _rows_kept(detail: str) -> int:
    """PostgreSQL's word about a table begins with how many dead rows it had to keep."""
    first = detail.split(maxsplit=1)[:1]
    return int(first[0]) if first and first[0].isdigit() else 0


def _write_file_anew(connection: Any) -> bool:
    """Write the whole file, and let go of the log beside it; the rows are gone in any case."""
    connection.execute("PRAGMA secure_delete=ON")
    (usual_wait,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout={LONGEST_WAIT_MILLISECONDS}")
    try:
        connection.execute("VACUUM")
        is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except OperationalError as trouble:
        log.warning("Deleted rows are still in the database's file: %s", trouble)
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout={usual_wait}")
    if is_busy:
        log.warning("Deleted rows are still in the log beside the database's file.")
    return not is_busy
