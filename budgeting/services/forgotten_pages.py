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

from sqlalchemy import Engine, text

from budgeting.models import Base
from budgeting.services import writers_queue

log = logging.getLogger(__name__)


def write_anew(engine: Engine, tables: Sequence[type[Base]]) -> None:
    """Write the files of these tables anew, without what was deleted from them."""
    if engine.dialect.name == "postgresql":
        _write_tables_anew(engine, [table.__tablename__ for table in tables])
    else:
        with writers_queue.turn(engine), closing(engine.raw_connection()) as connection:
            _write_file_anew(connection.driver_connection)


def _write_tables_anew(engine: Engine, names: Sequence[str]) -> None:
    """Only the table's owner may: PostgreSQL says so itself where somebody else tries."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in names:
            connection.execute(text(f'VACUUM FULL "{name}"'))


def _write_file_anew(connection: Any) -> None:
    """Write the whole file, and let go of the log beside it; the rows are gone in any case."""
    connection.execute("PRAGMA secure_delete=ON")
    try:
        connection.execute("VACUUM")
        is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except OperationalError as trouble:
        log.warning("Deleted rows are still in the database's file: %s", trouble)
    else:
        if is_busy:
            log.warning("Deleted rows are still in the log beside the database's file.")
