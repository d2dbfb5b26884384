"""What the tests of the administrator's pages share: somebody signed in, and a finished draft."""

import pytest

from budgeting.vocabulary import Phase, Role
from tests import make

HERE = "/admin/runder/nordby-2026"


@pytest.fixture
def visit(app, session):
    """Hands back a client who is signed in as this account."""

    def as_account(account):
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = str(account.id)
            cookie["_fresh"] = True
        return client

    return as_account


@pytest.fixture
def admin(session, visit):
    make.municipality(session)
    return visit(make.account(session, Role.ADMIN, name="Asta Admin"))


@pytest.fixture
def draft(session):
    """A draft where nothing is missing."""
    return make.budget_round(session, Phase.DRAFT)
