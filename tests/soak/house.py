"""A house to be tried hard: its database, its round, and servers that start at once and are killed.

The servers are gunicorn's, each forked from a process that has loaded the app already, so that
hundreds can be started and killed in a row.
"""

import contextlib
import multiprocessing
import os
import signal
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy

from budgeting import clock, create_app
from budgeting.extensions import db
from tests import databases, make
from tests.journeys.house import free_port

SLUG = "soak-2026"
SECONDS_TO_OPEN = 60
WORKERS = 3
THREADS = 4


@dataclass(frozen=True)
class Serving:
    """How one server runs: where, how many workers, and what is odd about it."""

    port: int
    workers: int = WORKERS
    skew: float = 0.0
    largest_file: int = 0


class House:
    """One database with a round open for voting; `servers` of it come and go."""

    def __init__(self, folder, url=None, **more):
        self.folder = folder
        self.clock_file = folder / "clock"
        self.settings = {
            "DATABASE_URL": url or f"sqlite:///{folder / 'soak.sqlite'}",
            "SECRET_KEY": "a-secret-that-is-only-for-soaking",
            "BOARD_SIGNING_KEY": "b0" * 32,
            "CLOCK_OFFSET_FILE": str(self.clock_file),
            "MAIL_FOLDER": str(folder / "mail"),
            "AUDIT_LINKS_FILE": str(folder / "audit_links"),
            "ARGON2_TIME_COST": 1,
            "ARGON2_MEMORY_KIB": 64,
            "SECURE_COOKIES": False,
            "STAFF_SECOND_FACTOR": False,
            "REAUTHENTICATION_MINUTES": 0,
            **more,
        }
        self.app = create_app(self.settings)
        self.log = folder / "log.txt"

    def prepare(self, *, voters, **rules):
        """Makes the database by the migrations, and a round with so many voters in its one pot."""
        databases.upgrade(self.app)
        with self.inside():
            made = make.budget_round(
                db.session,
                slug=SLUG,
                pots=(("Nordby", 300_000),),
                voters_in_each_area=voters,
                **rules,
            )
            self.pot = made.pots[0].id
            self.round = made.budget_round.id
            self.voters = [voter.id for voter in made.voters]
            self.closes = made.budget_round.voting_closes

    @contextlib.contextmanager
    def inside(self):
        """An app context over the database; deeds and looks alike take the writer's place."""
        clock.shift_by(str(self.clock_file))
        with self.app.app_context():
            yield db.session
            db.session.commit()
            db.session.remove()
            db.engine.dispose()

    def forget(self):
        """Every connection to the database is gone, however it ends."""
        with self.app.app_context():
            for connection in idle_in(db.engine.pool):
                with contextlib.suppress(Exception):
                    connection.close()
            db.engine.dispose(close=False)

    @contextlib.contextmanager
    def served(self, **how):
        """One server until the end of the block."""
        server = Server(self, Serving(free_port(), **how))
        server.start()
        try:
            yield server
        finally:
            server.kill()


def idle_in(pool):
    """The connections that lie in a pool, by the library's own names for where they lie."""
    found = []
    with contextlib.suppress(Exception):
        while True:
            found.append(pool._pool.get(block=False).dbapi_connection)
    return found


class Server:
    """gunicorn with its workers in a process group of its own."""

    def __init__(self, house, serving, load=None):
        self.settings, self.log, self.serving = house.settings, str(house.log), serving
        self.load = load or load_house
        self.address = f"http://127.0.0.1:{serving.port}"
        self.process = None

    def start(self):
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.soak.preloaded"])
        self.process = context.Process(
            target=serve, args=(self.load, self.settings, self.serving, self.log)
        )
        self.process.start()
        self.wait_until_open()

    def kill(self):
        """kill -9 of the server with all its workers: nothing of it is told to stop."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.join()

    def wait_until_open(self):
        until = time.monotonic() + SECONDS_TO_OPEN
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{self.address}/tilgaengelighed", timeout=5).close()
                return
            except urllib.error.HTTPError as answer:
                answer.close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError(f"no answer at {self.address}: see {self.log}")


def load_house(settings):
    return create_app(settings)


def serve(load, settings, serving, log):
    """What the forked process does until it is killed."""
    os.setsid()
    out = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(out, 1)
    os.dup2(out, 2)
    if serving.largest_file:
        forbid_larger_files(serving.largest_file)
    if serving.skew:
        shift_this_clock(serving.skew)
    from tests.soak import preloaded

    preloaded.Gunicorn(
        lambda: load(settings),
        bind=f"127.0.0.1:{serving.port}",
        workers=serving.workers,
        threads=THREADS,
        loglevel="warning",
        control_socket_disable=True,
    ).run()


def forbid_larger_files(largest):
    """A disk that is full, as far as this process can tell: the kernel refuses to write more."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))


def shift_this_clock(seconds):
    """A web server whose own clock goes wrong; the database's does not."""
    from datetime import UTC, datetime, timedelta

    clock.now = lambda: datetime.now(UTC) + timedelta(seconds=seconds) + clock.offset()


@contextlib.contextmanager
def short_folder():
    """A folder with a name short enough for a socket, which the server's own user may enter."""
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        yield Path(folder)


@contextlib.contextmanager
def durable_postgresql(folder):
    """A PostgreSQL server of its own, with its settings as they come: every commit is on the disk."""
    server = databases.start_or_join(folder)
    with databases.connected(server.get_uri()) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.scalar(sqlalchemy.text(f"show {setting}")) == "on"
    try:
        yield server
    finally:
        server.cleanup()


def new_database(address, name):
    """Makes an empty database on the server and hands back its address."""
    with databases.connected(address) as connection:
        connection.execute(sqlalchemy.text(f"drop database if exists {name} with (force)"))
        connection.execute(sqlalchemy.text(f"create database {name}"))
    return sqlalchemy.make_url(address).set(database=name).render_as_string(hide_password=False)
