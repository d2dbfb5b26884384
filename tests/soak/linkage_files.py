"""The files an attacker takes: the database's own, its write-ahead log, and where things lie in them."""

import contextlib
import pathlib

from sqlalchemy import text

from budgeting import create_app
from budgeting.extensions import db
from tests import databases

SECRET = "a-secret-that-is-only-for-soaking"
LOG_FOLDER = "pg_wal"


@contextlib.contextmanager
def fresh(url, folder):
    """An app over an empty database, made by the migrations."""
    app = create_app(
        {
            "SECRET_KEY": SECRET,
            "DATABASE_URL": url or f"sqlite:///{folder / 'linkage.sqlite'}",
            "BOARD_SIGNING_KEY": "b0" * 32,
            "MAIL_FOLDER": str(folder / "mail"),
            "AUDIT_LINKS_FILE": str(folder / "audit_links"),
        }
    )
    databases.upgrade(app)
    yield app
    databases.forget_connections(app)


def copies(session):
    """Every byte of the database's files as they lie there now, by name; the log's apart."""
    session.commit()
    if db.engine.dialect.name == "sqlite":
        file = db.engine.url.database
        return {name: read(f"{file}{name}") for name in ("", "-wal", "-shm")}
    folder = pathlib.Path(session.scalar(text("show data_directory")))
    session.execute(text("checkpoint"))
    session.commit()
    return of_postgresql(session, folder)


def of_postgresql(session, folder):
    """The table's own files, and the segments of the log in their order."""
    base = (
        folder
        / "base"
        / str(
            session.scalar(text("select oid from pg_database where datname = current_database()"))
        )
    )
    session.commit()
    found = {one.name: read(one) for one in sorted(base.iterdir()) if one.is_file()}
    segments = sorted(one for one in (folder / LOG_FOLDER).iterdir() if one.is_file())
    return found | {LOG_FOLDER: b"".join(read(one) for one in segments)}


def read(file):
    try:
        return pathlib.Path(file).read_bytes()
    except FileNotFoundError:
        return b""


def in_order_of_bytes(files, marks, *, last=False):
    """The owners of these marks in the order they lie in each file that holds them all.

    Some lie in the log and some in the file itself, so all files one after the other are tried too.
    """
    for name, content in {**files, "all files": b"".join(files.values())}.items():
        find = content.rfind if last else content.find
        places = {owner: find(mark) for owner, mark in marks.items()}
        if places and min(places.values()) >= 0:
            yield name or "the file", sorted(places, key=places.get)


def holding(files, mark):
    """The names of the files that hold these bytes."""
    return [name or "the file" for name, content in files.items() if mark in content]
