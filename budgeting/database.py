"""How a database is opened: SQLite durable and strict, and one writer's queue for deeds."""

from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event

BUSY_WAIT_MILLISECONDS = 15_000


def prepare(app: Flask, db: SQLAlchemy) -> None:
    """Set what every connection of this app's database needs."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            make_sqlite_strict(db.engine)


def make_sqlite_strict(engine: Engine) -> None:
    """WAL, a real fsync at each commit, foreign keys, and explicit BEGIN."""
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_WAIT_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    is_deed = connection.get_execution_options().get("is_deed", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_deed else "BEGIN")
