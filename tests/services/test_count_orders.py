"""The count is ordered and done beside the pages: once, whoever dies, in the name of who ordered it."""

import os
import signal
from datetime import timedelta

import pytest

from budgeting import clock
from budgeting.models import AuditEvent, Ballot, Count, Job
from budgeting.services import (
    apart,
    count_jobs,
    count_orders,
    counting,
    jobs,
    opened_boxes,
    opening_apart,
    pot_count,
)
from budgeting.services.count_orders import Standing
from budgeting.vocabulary import JobState, Role
from tests import make, results
from tests.conftest import TEST_SECRET

LONG_AGO = timedelta(days=3)


def order(made):
    counting.order(
        by=made.people[Role.ADMIN],
        budget_round=made.budget_round,
        passphrases={0: make.PASSPHRASE},
        now=clock.now(),
    )


@pytest.fixture
def made(session):
    return results.voted(session)


def the_order(session):
    session.rollback()
    return session.query(Job).one_or_none()


def leave(session, by=count_orders.SILENT_FOR):
    """Time passes, and nobody has said anything of the order."""
    found = the_order(session)
    found.due_at -= 2 * by
    session.commit()


def kill_oneself(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def test_ordering_opens_the_box_and_leaves_the_count_to_a_worker(session, made):
    order(made)

    assert session.query(Ballot).count() == 5
    assert session.query(Count).count() == 0
    assert made.budget_round.counted_at is None
    assert the_order(session).state is JobState.WORKING

    jobs.run_waiting(clock.now())

    assert the_order(session) is None
    assert made.budget_round.counted_at is not None
    assert session.query(Count).one().outcome["winners"] == ["1", "3", "4"]


def test_the_log_names_who_ordered_it(session, made):
    order(made)
    jobs.run_waiting(clock.now())

    events = session.query(AuditEvent).filter(
        AuditEvent.deed.in_(["count_ballots", "open_ballot_box"])
    )
    assert {event.account_id for event in events} == {made.people[Role.ADMIN].id}
    assert events.count() == 2


def test_ordering_twice_opens_the_box_once(session, made):
    order(made)

    with pytest.raises(count_orders.BeingCounted):
        order(made)
    assert session.query(Ballot).count() == 5


def test_a_worker_that_is_killed_is_followed_by_another_and_it_is_counted_once(
    session, made, monkeypatch
):
    order(made)
    with monkeypatch.context() as killed:
        killed.setattr(pot_count, "of", kill_oneself)
        jobs.run_waiting(clock.now())
    assert session.query(Count).count() == 0
    assert jobs.run_waiting(clock.now()) == 0

    leave(session)
    jobs.run_waiting(clock.now())

    assert session.query(Count).count() == 1
    assert session.query(AuditEvent).filter_by(deed="count_ballots").count() == 1


def test_two_workers_at_the_same_order_keep_one_count(session, made, monkeypatch):
    order(made)
    order_id, of = the_order(session).id, pot_count.of

    def meanwhile(*given):
        monkeypatch.setattr(pot_count, "of", of)
        count_jobs.count(order_id, clock.now())
        return of(*given)

    monkeypatch.setattr(pot_count, "of", meanwhile)
    count_jobs.count(order_id, clock.now())

    assert session.query(Count).count() == 1
    assert session.query(AuditEvent).filter_by(deed="count_ballots").count() == 1


def test_an_opening_that_died_changed_nothing_and_may_be_begun_anew(session, made, monkeypatch):
    monkeypatch.setattr(counting, "OPENED_AT_ONCE", 0)
    started = []
    monkeypatch.setattr(opening_apart, "start", lambda *given: started.append(given))
    order(made)
    assert count_orders.standing(the_order(session)) is Standing.OPENING
    with pytest.raises(count_orders.BeingCounted):
        order(made)

    leave(session)
    assert count_orders.standing(the_order(session)) is Standing.INTERRUPTED
    assert not count_orders.is_under_way(session, made.budget_round)
    order(made)

    with pytest.raises(count_orders.BeingCounted):
        opened_boxes.open_all(*started[0])
    assert session.query(Ballot).count() == 0
    opened_boxes.open_all(*started[1])
    assert session.query(Ballot).count() == 5


def test_an_opening_that_fails_says_so_at_once_and_leaves_nothing_to_count(
    session, made, monkeypatch
):
    with monkeypatch.context() as failing:
        failing.setattr(count_orders, "opened", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            order(made)
    assert count_orders.standing(the_order(session)) is Standing.INTERRUPTED
    assert jobs.run_waiting(clock.now()) == 0

    order(made)
    jobs.run_waiting(clock.now())

    assert session.query(Ballot).count() == 5
    assert session.query(Count).one().ballots_valid == 5


def test_a_large_box_is_opened_by_a_process_that_gets_the_keys_through_a_pipe(
    app, session, made, monkeypatch
):
    monkeypatch.setenv("DATABASE_URL", app.config["SQLALCHEMY_DATABASE_URI"])
    monkeypatch.setenv("SECRET_KEY", TEST_SECRET)
    monkeypatch.setattr(counting, "OPENED_AT_ONCE", 0)
    begun, start = [], opening_apart.start
    monkeypatch.setattr(opening_apart, "start", lambda *given: begun.append(start(*given)))

    order(made)
    assert begun[0].wait(60) == 0

    assert the_order(session).state is JobState.WORKING
    assert session.query(Ballot).count() == 5


def test_it_is_said_when_no_worker_comes(session, made):
    order(made)
    assert count_orders.standing(the_order(session)) is Standing.WAITING

    leave(session, count_orders.SOON)

    assert count_orders.standing(the_order(session)) is Standing.NOBODY_COMES


def test_an_opened_box_is_never_forgotten(session, made):
    order(made)
    found = the_order(session)
    found.made_at -= LONG_AGO
    session.commit()

    jobs.run_waiting(clock.now())

    assert session.query(Count).count() == 1


def test_what_is_done_apart_takes_no_memory_here(session):
    def held():
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096 / 1e6

    before = held()
    apart.run(lambda: [bytes(1) * 1_000_000 for _ in range(100)], meanwhile=lambda: None)

    assert held() - before < 10


def test_a_worker_waits_no_longer_than_until_there_is_work(session, made):
    order(made)
    before = clock.now()

    jobs.wait(30)

    assert clock.now() - before < timedelta(seconds=10)
