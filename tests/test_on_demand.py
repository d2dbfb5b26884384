"""A web worker loads no more than its pages need; the command line finds all it needs."""

import subprocess
import sys

HEAVY = (
    "alembic",
    "authlib",
    "budgeting.services.beside_the_count",
    "budgeting.tally.equal_shares",
    "joserfc",
    "numba",
    "numpy",
    "openpyxl",
    "pandas",
    "requests",
    "typst",
    "xlsxwriter",
)
SERVED = "import sys; import app; print(*(name for name in {names} if name in sys.modules))"


def test_what_serves_pages_starts_without_what_is_heavy(tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", SERVED.format(names=HEAVY)],
        env={"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite'}", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == ""


def test_the_command_line_has_the_commands_of_the_house_and_of_the_migrations(app):
    told = app.test_cli_runner().invoke(args=["--help"]).output
    for command in ("audit", "create-admin", "db", "demo", "import-pabulib", "jobs"):
        assert f"  {command} " in told


def test_a_command_is_found_by_its_name(app):
    assert "Usage" in app.test_cli_runner().invoke(args=["db", "--help"]).output


GUESSED = """
import threading
from budgeting import memory
from budgeting.ballotbox import code_letters

def held():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6

memory.give_back_large_pieces()
known = code_letters.hash_secret("ABC")
before = held()
guesses = [lambda: [code_letters.verify_secret(known, "ABC") for _ in range(8)]] * 4
threads = [threading.Thread(target=guess) for guess in guesses]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(held() - before)
"""


def test_what_a_code_takes_of_memory_is_given_back():
    told = subprocess.run(
        [sys.executable, "-c", GUESSED], capture_output=True, text=True, check=True
    )
    assert float(told.stdout) < 6
