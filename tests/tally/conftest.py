"""The real elections that the tests of the tally use."""

import json
from functools import cache
from pathlib import Path

import pytest

from budgeting.tally import pabulib

DATA = Path(__file__).parent.parent / "data"
ASSEN = DATA / "Netherlands_Assen_2024.pb"


@cache
def read(name):
    """A file by its name, read once."""
    path = DATA / name
    return pabulib.read(path if path.exists() else DATA / "pabulib" / name)


@cache
def expected():
    """What is known of each file, by its name."""
    known = json.loads((DATA / "pabulib" / "expected.json").read_text())
    return {one["file"]: one for one in known["elections"]}


@pytest.fixture(scope="session")
def assen():
    return read(ASSEN.name)
