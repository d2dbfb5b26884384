"""What the tests of the booth's pages share."""

import pytest

from tests import make
from tests.web.citizen.booth import Visitor


@pytest.fixture
def made(session):
    return make.budget_round(session)


@pytest.fixture
def visitor(client, made):
    return Visitor(client, made)
