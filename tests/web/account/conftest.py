"""What the tests of signing in need: the mails that were queued, and the links in them."""

import re

import pytest
from sqlalchemy import select

from budgeting.models import OutboxMail


@pytest.fixture
def mailed(session):
    """Hands back the text of the newest mail in the outbox."""

    def newest():
        session.rollback()
        return session.scalars(select(OutboxMail.body).order_by(OutboxMail.id.desc())).first()

    return newest


@pytest.fixture
def link(mailed):
    """Hands back the path of the link in the newest mail."""
    return lambda: re.search(r"/log-ind/link/\S+", mailed())[0]
