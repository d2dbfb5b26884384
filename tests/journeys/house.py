"""A house that is really open: a server and a job worker of its own, over a database of its own."""

import contextlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

from budgeting import create_app
from budgeting.extensions import db

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_OPEN = 30
FLASK = (sys.executable, "-m", "flask", "--app", "app")
SERVER = (
    sys.executable,
    "-m",
    "gunicorn",
    "app:app",
    "--workers=1",
    "--threads=4",
    "--no-control-socket",
)


class House:
    """One running Borgerbudget: its address, its clock, its commands."""

    def __init__(self, folder):
        self.folder = folder
        self.log = folder / "log.txt"
        self.database = folder / "journey.sqlite"
        self.migrated = folder / "migrated.sqlite"
        self.clock_file = folder / "clock"
        self.mail_folder = folder / "mail"
        self.log_read = 0
        self.address = f"http://127.0.0.1:{free_port()}"
        self.settings = {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SECRET_KEY": "a-secret-that-is-only-for-journeys",
            "CLOCK_OFFSET_FILE": str(self.clock_file),
            "MAIL_FOLDER": str(self.mail_folder),
            "PUBLIC_ADDRESS": self.address,
            "ARGON2_TIME_COST": 1,
            "ARGON2_MEMORY_KIB": 64,
            "SECURE_COOKIES": False,
            "STAFF_SECOND_FACTOR": False,
            "REAUTHENTICATION_MINUTES": 0,
            "DEMO": False,
        }

    @contextlib.contextmanager
    def opened(self):
        """Serves until the journeys end."""
        address = self.address.removeprefix("http://")
        server = self.start(*SERVER, f"--bind={address}")
        worker = self.start(*FLASK, "jobs", "run")
        try:
            self.wait_until_open(server)
            yield self
        finally:
            stop(server, worker)

    def migrate(self):
        """Makes the database by the migrations, and keeps a copy of it as it is when empty."""
        self.command("db", "upgrade")
        copy_database(self.database, self.migrated)

    def empty(self):
        """Lays the database back to empty while the server runs, and the clock and the mails too."""
        copy_database(self.migrated, self.database)
        self.clock_file.unlink(missing_ok=True)
        shutil.rmtree(self.mail_folder, ignore_errors=True)

    def check_log(self):
        """Fails with what the server said since the last look, if a trace is in it."""
        said = self.log.read_text()[self.log_read :]
        self.log_read += len(said)
        assert "Traceback" not in said, said[-4_000:]

    def start(self, *command):
        with self.log.open("a") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )

    def command(self, *words):
        """Runs a command of the house, as an operator would, and hands back what it printed."""
        answer = subprocess.run(
            [*FLASK, *map(str, words)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout

    @property
    def environment(self):
        return os.environ | {name: str(value) for name, value in self.settings.items()}

    @contextlib.contextmanager
    def inside(self):
        """An app context over the same database, for what a journey arranges beforehand."""
        app = create_app(self.settings)
        with app.app_context():
            # Each transaction takes the writer's place at once, as deeds do: the worker writes too.
            db.engine.update_execution_options(is_deed=True)
            yield app
            db.session.remove()
            db.engine.dispose()

    def let_time_pass(self, passed):
        """Moves the house's clock forward."""
        so_far = int(self.clock_file.read_text()) if self.clock_file.exists() else 0
        seconds = so_far + int(passed.total_seconds())
        being_written = self.clock_file.with_suffix(".new")
        being_written.write_text(str(seconds))
        being_written.replace(self.clock_file)

    def go_to(self, moment):
        """Moves the house's clock to this moment (an aware datetime)."""
        so_far = int(self.clock_file.read_text()) if self.clock_file.exists() else 0
        now = datetime.now(UTC) + timedelta(seconds=so_far)
        self.let_time_pass(moment - now)

    def wait_until_open(self, server):
        for _ in range(SECONDS_TO_OPEN * 10):
            assert server.poll() is None, self.log.read_text()[-4_000:]
            try:
                urllib.request.urlopen(self.address, timeout=5).close()
                return
            except urllib.error.HTTPError as answer:
                answer.close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"no answer at {self.address}: {self.log.read_text()[-4_000:]}")


def copy_database(source, target):
    """By SQLite itself, which waits its turn where a server has the target open."""
    here, there = sqlite3.connect(source), sqlite3.connect(target)
    here.backup(there)
    there.close()
    here.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stop(*processes):
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
