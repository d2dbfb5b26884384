"""A house as in production with a round open for voting: three officers, everything switched on."""

import contextlib
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy

from budgeting import create_app
from budgeting.ballotbox import code_letters
from budgeting.extensions import db
from tests import databases, make
from tests.journeys.house import FLASK, House, stop
from tests.load import processors

SLUG = "load-2026"
PROJECTS = 30
COSTS = tuple(10_000 + 1_000 * number for number in range(PROJECTS))
WORKERS = 2
SECONDS_TO_BE_READY, IDLE = 180, 0.1


class CastingHouse(House):
    """The house with the settings of production, and the voters' codes."""

    def __init__(self, folder, url=None, threads=4):
        super().__init__(folder)
        self.threads = threads
        self.port = int(self.address.rpartition(":")[2])
        self.settings |= {
            "DATABASE_URL": url or self.settings["DATABASE_URL"],
            "ARGON2_TIME_COST": 3,
            "ARGON2_MEMORY_KIB": 65_536,
            "SECURE_COOKIES": True,
            "STAFF_SECOND_FACTOR": True,
            "REAUTHENTICATION_MINUTES": 10,
            "TRUSTED_PROXIES": 1,
            "CLOCK_OFFSET_FILE": "",
            "AUDIT_LINKS_FILE": folder / "audit_links",
            "BOARD_SIGNING_KEY_FILE": folder / "board_signing_key",
            "BUNDLE_FOLDER": folder / "bundles",
        }

    def prepare(self, voters):
        """Makes the database by the migrations and a round in it; hands back the codes."""
        self.command("db", "upgrade")
        app = create_app(self.settings)
        with app.app_context():
            made = make.budget_round(
                db.session,
                slug=SLUG,
                officers=3,
                max_choices=5,
                pots=(("Nordby", 300_000),),
                projects=tuple(f"Projekt {number}" for number in range(PROJECTS)),
                costs=COSTS,
                voters_in_each_area=voters,
            )
            codes = give_real_codes(made.voters)
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        return codes

    @contextlib.contextmanager
    def served(self):
        """Serves with two workers, and a worker for jobs beside them; hands back both processes."""
        with serving(self, "app:app", self.port, self.threads) as server:
            jobs = self.start(*FLASK, "jobs", "run")
            try:
                wait_until_idle(jobs.pid)
                yield server, jobs
            finally:
                stop(jobs)


def wait_until_idle(process):
    """At its start the worker for jobs makes the count ready; that is no part of voting."""
    for _ in range(SECONDS_TO_BE_READY):
        before = processors.seconds_of([process])
        time.sleep(1)
        if processors.seconds_of([process]) - before < IDLE:
            return


def give_real_codes(voters):
    """Codes hashed as dearly as in production: the tests' own are hashed for a song."""
    given, drawn = {voter.code_locator for voter in voters}, {}
    while len(drawn) < len(voters):  # no two may begin alike
        code = code_letters.make_code()
        if code.locator not in given:
            drawn[code.locator] = code
    codes = list(drawn.values())
    with ThreadPoolExecutor(2) as hands:
        hashes = list(hands.map(lambda code: code_letters.hash_secret(code.secret), codes))
    for voter, code, secret_hash in zip(voters, codes, hashes, strict=True):
        voter.code_locator, voter.code_hash = code.locator, secret_hash
    return [code.text for code in codes]


@contextlib.contextmanager
def serving(house, app, port, threads):
    """Two gunicorn workers for an app, until the measuring ends."""
    server = house.start(
        *(sys.executable, "-m", "gunicorn", app, "--no-control-socket", "--log-level=warning"),
        *(f"--bind=127.0.0.1:{port}", f"--workers={WORKERS}", f"--threads={threads}"),
    )
    try:
        house.wait_until_open(server)
        yield server
    finally:
        stop(server)


@contextlib.contextmanager
def durable_postgresql(folder):
    """A PostgreSQL server as a town runs it: every commit on the disk before it is answered."""
    server = databases.start_or_join(folder)
    with databases.connected(server.get_uri()) as connection:
        assert connection.scalar(sqlalchemy.text("show synchronous_commit")) == "on"
        assert connection.scalar(sqlalchemy.text("show fsync")) == "on"
    yield server.get_uri()
    server.cleanup()


def processes_of(folder):
    """The process of a PostgreSQL server that keeps its data in the folder, if there is one."""
    file = folder / "pg" / "postmaster.pid"
    return (int(file.read_text().split()[0]),) if file.exists() else ()


def new_database(server, name):
    with databases.connected(server) as connection:
        connection.execute(sqlalchemy.text(f"create database {name}"))
    return sqlalchemy.make_url(server).set(database=name).render_as_string(hide_password=False)
