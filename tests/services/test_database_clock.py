"""All web servers close the voting by one clock: the database's, shifted where a demo shifts it."""

from datetime import UTC, datetime, timedelta

from budgeting import clock
from budgeting.services import database_clock

A_MOMENT = timedelta(seconds=30)


def test_it_tells_the_time_of_the_database(session):
    assert abs(database_clock.now() - datetime.now(UTC)) < A_MOMENT


def test_a_demos_shift_applies(session):
    clock.set_offset(timedelta(days=3))
    assert abs(database_clock.now() - datetime.now(UTC) - timedelta(days=3)) < A_MOMENT


def test_the_clock_of_a_web_server_that_goes_wrong_decides_nothing(database, session, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(hours=5))
    is_shared = "postgresql" in database.url
    assert (database_clock.now() - datetime.now(UTC) < A_MOMENT) is is_shared
