"""Journeys: a real server, a real Chromium, and people who visit."""

import shutil
import sys

import pytest

from tests import databases
from tests.journeys import eyes
from tests.journeys.house import House
from tests.journeys.visitor import Visitor
from tools import browser

QUIET_AND_ALONE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's own Chromium, which asks nobody for anything."""
    path = browser.find_browser()
    if path is None:
        sys.exit(browser.ADVICE)
    return browser_type_launch_args | {"executable_path": path, "args": list(QUIET_AND_ALONE)}


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """A freshly migrated database, to be copied for each journey."""
    from budgeting import create_app

    file = tmp_path_factory.mktemp("journeys") / "migrated.sqlite"
    app = create_app({"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "only-for-the-migrations"})
    databases.upgrade(app)
    databases.forget_connections(app)
    return file


@pytest.fixture
def house(tmp_path, migrated_file):
    """An open house over an empty database (see tests/journeys/house.py)."""
    shutil.copyfile(migrated_file, tmp_path / "journey.sqlite")
    with House(tmp_path).opened() as opened:
        yield opened


@pytest.fixture
def new_visitor(browser, house):
    """Makes people with a browser each: `citizen = new_visitor()`."""
    visitors = []

    def make(*, has_javascript=True, **settings):
        context = browser.new_context(
            java_script_enabled=has_javascript, locale="da-DK", **settings
        )
        visitors.append((context, Visitor(context, house, has_javascript=has_javascript)))
        return visitors[-1][1]

    yield make
    for context, visitor in visitors:
        context.close()
        visitor.watch.check()


@pytest.fixture
def visitor(new_visitor):
    """One person with a browser."""
    return new_visitor()


@pytest.fixture
def axe():
    """Checks a page with axe at 390 and 1280 px."""
    return eyes.check_with_axe
