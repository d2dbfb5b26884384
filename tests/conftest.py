"""What all tests need: an app over each database, a client that checks pages, and a session.

`--database=sqlite`, `postgresql` or `both` says which databases a run uses.
"""

import os

import hypothesis
import pytest

from tests import databases
from tests.client import PageClient

TEST_SECRET = "a-secret-that-is-only-for-tests"
TEST_BOARD_KEY = "b0" * 32

hypothesis.settings.register_profile("quick", deadline=None, derandomize=True)
hypothesis.settings.register_profile("soak", deadline=None, max_examples=5_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql", "both"),
        default="both",
        help="which database the tests that need one run on",
    )


def pytest_generate_tests(metafunc):
    if "database" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--database")
        names = ("sqlite", "postgresql") if wanted == "both" else (wanted,)
        metafunc.parametrize("database", names, indirect=True)


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory):
    """A real PostgreSQL, one for all workers of the run; the last one out stops it."""
    with databases.running_postgresql(databases.shared_folder(tmp_path_factory)) as address:
        yield address


@pytest.fixture(scope="session")
def kept():
    """What is made once for each kind of database and used by all tests of a worker."""
    return {}


@pytest.fixture
def database(request, kept, tmp_path_factory):
    """The worker's own database of the kind asked for (see tests/databases.py)."""
    kind = request.param
    if kind not in kept:
        kept[kind] = make_database(kind, request, tmp_path_factory)
    return kept[kind]


def make_database(kind, request, tmp_path_factory):
    if kind == "sqlite":
        return databases.Sqlite(tmp_path_factory.mktemp("sqlite"))
    server = request.getfixturevalue("postgresql_server")
    return databases.Postgresql(server, os.environ.get("PYTEST_XDIST_WORKER", "alone"))


@pytest.fixture(scope="session")
def clock_file(tmp_path_factory):
    return tmp_path_factory.mktemp("clock") / "offset"


@pytest.fixture
def app_of_database(database, kept, clock_file, tmp_path_factory):
    """The app over one database, made and migrated once."""
    if database.url not in kept:
        kept[database.url] = make_app(database, clock_file, tmp_path_factory.mktemp("mail"))
    return kept[database.url]


def make_app(database, clock_file, mail_folder):
    from budgeting import create_app

    made = create_app(
        {
            "TESTING": True,
            "SECRET_KEY": TEST_SECRET,
            "DATABASE_URL": database.url,
            "CLOCK_OFFSET_FILE": str(clock_file),
            "MAIL_FOLDER": str(mail_folder),
            "ARGON2_TIME_COST": 1,
            "ARGON2_MEMORY_KIB": 64,
            "SECURE_COOKIES": False,
            "STAFF_SECOND_FACTOR": False,
            "REAUTHENTICATION_MINUTES": 0,
        }
    )
    made.test_client_class = PageClient
    database.migrate(made)
    return made


@pytest.fixture
def app(app_of_database, database, clock_file):
    """The app over an empty database, with its settings as they were and the clock unshifted."""
    from budgeting import clock

    settings = dict(app_of_database.config)
    database.empty()
    clock_file.unlink(missing_ok=True)
    clock.shift_by(str(clock_file))
    yield app_of_database
    databases.forget_connections(app_of_database)
    app_of_database.config.clear()
    app_of_database.config.update(settings)


@pytest.fixture
def client(app):
    """A visitor who checks every page it is shown (see tests/client.py)."""
    return app.test_client()


@pytest.fixture
def session(app):
    """The house's own database session, in an app context as services want it."""
    from budgeting.extensions import db

    with app.app_context():
        yield db.session
        db.session.rollback()
