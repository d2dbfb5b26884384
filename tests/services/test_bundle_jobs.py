"""The file with a whole result is made beside the pages; until it is there, the page says so."""

import shutil
from pathlib import Path

import pytest

from budgeting import clock
from budgeting.models import Job
from budgeting.services import bundle_jobs, bundles, jobs
from budgeting.vocabulary import JobKind, JobState
from tests import results

ADDRESS = "/runder/nordby-2026/resultat.zip"
RESULT = "/runder/nordby-2026/resultat"
RECOUNT = f"{RESULT}/tael-selv-efter"


@pytest.fixture
def large(app, monkeypatch, tmp_path):
    """Every round is too large to be packed while one waits."""
    app.config["BUNDLE_FOLDER"] = str(tmp_path / "bundles")
    monkeypatch.setattr(bundle_jobs, "MADE_AT_ONCE", 0)


def state(session):
    session.rollback()
    return [(job.kind, job.state) for job in session.query(Job).order_by(Job.id)]


def test_publishing_orders_the_file_and_a_worker_makes_it(session, large):
    made = results.published(session)
    assert state(session) == [(JobKind.BUNDLE, JobState.WORKING)]
    assert not bundles.is_made(session, made.budget_round)

    jobs.run_waiting(clock.now())

    assert bundles.is_made(session, made.budget_round)
    assert state(session) == [(JobKind.BUNDLE, JobState.DONE)]


def test_until_it_is_there_the_page_says_so(client, session, large):
    results.published(session)

    assert "bliver lavet nu" in client.read(RESULT).text
    assert client.read(ADDRESS, status=503).heading == "Filen bliver lavet"
    assert "bliver lavet nu" in client.read("/runder/nordby-2026/urnen").text
    recount = client.read(RECOUNT)
    assert "ikke klar endnu" in recount.text
    assert ADDRESS not in recount.html

    jobs.run_waiting(clock.now())

    assert "bliver lavet nu" not in client.read(RESULT).text
    assert ADDRESS in client.read(RECOUNT).html
    with client.get(ADDRESS) as answer:
        assert answer.status_code == 200


def test_asking_many_times_orders_it_once(client, session, large):
    results.published(session)

    for _ in range(3):
        client.get(ADDRESS)

    assert len(state(session)) == 1


def test_a_file_that_was_lost_is_made_again(app, client, session, large):
    made = results.published(session)
    jobs.run_waiting(clock.now())
    shutil.rmtree(Path(app.config["BUNDLE_FOLDER"]))

    client.read(ADDRESS, status=503)
    jobs.run_waiting(clock.now())

    assert bundles.is_made(session, made.budget_round)


def test_a_decision_makes_a_new_file(session, large):
    made = results.adopted(session)
    jobs.run_waiting(clock.now())

    assert bundles.is_made(session, made.budget_round)


def test_a_small_round_is_packed_while_one_waits(client, session):
    results.published(session)

    with client.get(ADDRESS) as answer:
        assert answer.status_code == 200


def test_a_worker_that_fails_leaves_the_order(session, large, monkeypatch):
    results.published(session)
    monkeypatch.setattr(bundles, "made", lambda *_: 1 / 0)

    jobs.run_waiting(clock.now())

    assert state(session) == [(JobKind.BUNDLE, JobState.WORKING)]
