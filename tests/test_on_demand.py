"""A web worker loads no more than its pages need; the command line finds all it needs."""

import subprocess
import sys

HEAVY = ("alembic", "numpy", "pandas", "numba", "openpyxl", "xlsxwriter", "typst")
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
