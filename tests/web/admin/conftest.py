"""What the tests of the administrator's pages share: somebody signed in, and a finished draft."""

import pytest

from budgeting.vocabulary import Phase, Role
from tests import make
from tests.web import visits

HERE = "/admin/runder/nordby-2026"


@pytest.fixture
def visit(app, session):
    """Hands back a client who is signed in as this account."""

    def as_account(account):
        return visits.signed_in(app, account)

    return as_account


@pytest.fixture
def admin(session, visit):
    make.municipality(session)
    return visit(make.account(session, Role.ADMIN, name="Asta Admin"))


@pytest.fixture
def draft(session):
    """A draft where nothing is missing."""
    return make.budget_round(session, Phase.DRAFT)
