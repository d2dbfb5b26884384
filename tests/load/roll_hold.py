"""Times how long a roll import keeps the others waiting: `python -m tests.load.roll_hold [people]`.

While a town's roll is put in, put in again with everyone moved, and once more as it is, another
process makes a durable deed every 20 ms on SQLite's one writer. Says the longest wait.
"""

import multiprocessing
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from sqlalchemy import text

from budgeting import create_app
from budgeting.extensions import db
from budgeting.models import Job
from budgeting.services import jobs, roll_imports, transaction
from budgeting.vocabulary import JobState, Phase, Role
from tests import databases, make

EVERY = 0.02
HEAD = "cpr;fødselsdato;område;navn;adresse;postnr og by"
AREAS = ("Nordby", "Sydby")


def roll(people, moved=0):
    """A file of CPR numbers with addresses, as the largest towns would send it."""
    lines = (
        f"{1 + one % 28:02}{1 + one % 12:02}{one % 99:02}-{one // 99 % 10_000:04};"
        f"{1 + one % 28:02}-{1 + one % 12:02}-19{40 + one % 60};{AREAS[(one + moved) % 2]};"
        f"Navn Efternavn {one};Lærkevej {one};1234 Nordby"
        for one in range(people)
    )
    return "\r\n".join([HEAD, *lines]).encode()


def knock(settings, has_begun, is_over, waits):
    """Makes a durable deed every 20 ms until told to stop; sends (when, seconds) of each."""
    app, known = create_app(settings), []
    with app.app_context():
        while not is_over.is_set():
            has_begun.set()
            begun = time.time()
            with transaction.deed() as session:
                session.execute(text("insert into knock values (1)"))
            waited = time.time() - begun
            known.append((begun, waited))
            time.sleep(max(0.0, EVERY - waited))
    waits.put(known)


@contextmanager
def knocking(settings):
    """Lets another process knock meanwhile; what is yielded is filled when it is over."""
    spawn, found = multiprocessing.get_context("spawn"), []
    has_begun, is_over, waits = spawn.Event(), spawn.Event(), spawn.Queue()
    other = spawn.Process(target=knock, args=(settings, has_begun, is_over, waits))
    other.start()
    assert has_begun.wait(timeout=60)
    try:
        yield found
    finally:
        is_over.set()
        found += waits.get(timeout=60)
        other.join()


def put_in(content, said):
    """Looks a file through and puts it in; returns when each of the two began and ended."""
    times = [time.time()]
    job_id = roll_imports.begin(content=content, **said).id
    for wanted in (JobState.CHECKED, JobState.DONE):
        if wanted is JobState.DONE:
            roll_imports.confirm(db.session.get(Job, job_id), said["now"])
        with transaction.deed() as session:
            session.get_one(Job, job_id).due_at = said["now"]
        jobs.run_now(job_id)
        db.session.expire_all()
        job = db.session.get(Job, job_id)
        assert job.state is wanted, (job.state, roll_imports.refused_lines(job)[:3])
        times.append(time.time())
    return times


def measure(people, settings):
    """Returns name and (seconds, longest wait) of the looking through and the putting in."""
    app = create_app(settings)
    databases.upgrade(app)
    with app.app_context():
        with transaction.deed() as session:
            session.execute(text("create table knock (one integer)"))
        made = make.budget_round(db.session, Phase.VOTING, voters_in_each_area=0)
        admin = make.account(db.session, Role.ADMIN)
        said = {"by": admin, "budget_round": made.budget_round, "now": datetime.now(UTC)}
        files = {"new": roll(people), "moved": roll(people, moved=1)}
        files["as they are"] = files["moved"]
        with knocking(settings) as waits:
            times = {name: put_in(content, said) for name, content in files.items()}
        return {
            name: [
                (
                    end - begin,
                    max((w for at, w in waits if at <= end and at + w >= begin), default=0),
                )
                for begin, end in pairwise(each)
            ]
            for name, each in times.items()
        }


def measured(people, folder):
    settings = {
        "DATABASE_URL": f"sqlite:///{Path(folder) / 'roll.sqlite'}",
        "SECRET_KEY": "x" * 20,
        "CLOCK_OFFSET_FILE": "",
    }
    return measure(people, settings)


def main(people=100_000):
    with tempfile.TemporaryDirectory() as folder:
        for name, steps in measured(people, folder).items():
            for step, (seconds, longest) in zip(("looked through", "put in"), steps, strict=True):
                print(
                    f"{people} {name:<12}{step:<16}{seconds:>7.1f} s, longest wait {longest:.2f} s"
                )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
