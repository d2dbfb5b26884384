"""Journeys: a real server, a real Chromium, and people who visit."""

import sys

import pytest

from tests.journeys import eyes
from tests.journeys.house import House
from tests.journeys.recount_engine import Engine
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
def open_house(tmp_path_factory):
    """A house that stays open for all journeys of a worker (see tests/journeys/house.py)."""
    house = House(tmp_path_factory.mktemp("house"))
    house.migrate()
    with house.opened():
        yield house


@pytest.fixture
def house(open_house):
    """The open house, empty again; a trace in its log fails the journey."""
    open_house.empty()
    yield open_house
    open_house.check_log()


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


@pytest.fixture(scope="module")
def engine(browser):
    """The program that counts in the reader's browser (see tests/journeys/recount_engine.py)."""
    context = browser.new_context()
    yield Engine(context.new_page())
    context.close()
