"""Puts rolls in and has codes made as the pages and the worker of jobs do, all at once."""

from budgeting.extensions import db
from budgeting.models import Job
from budgeting.services import jobs, letter_making, roll_imports
from budgeting.vocabulary import JobState

HEAD = "nummer;fødselsdato;område\n"


class Refused(Exception):
    """The import was refused; the argument is what was told of it."""


def begin(*, text, columns=None, by, budget_round, now):
    content = text if isinstance(text, bytes) else text.encode()
    job = roll_imports.begin(by=by, budget_round=budget_round, content=content, now=now)
    if columns is not None:
        roll_imports.choose_columns(job, columns, now)
    return job.id


def step(job_id):
    jobs.run_now(job_id)
    db.session.expire_all()
    job = db.session.get(Job, job_id)
    if job.state is JobState.REFUSED:
        raise Refused(roll_imports.refused_lines(job))
    return roll_imports.result_of(job)


def look_through(**said):
    return step(begin(**said))


def put_in(**said):
    """Returns how many were added."""
    return written(**said)["added"]


def written(**said):
    job_id = begin(**said)
    step(job_id)
    roll_imports.confirm(db.session.get(Job, job_id), said["now"])
    db.session.expire_all()
    db.session.get(Job, job_id).due_at = said["now"]
    db.session.commit()
    return step(job_id)


def codes(**said):
    """Has codes made for all who lack one, and opens them."""
    job, key = letter_making.begin(**said)
    job_id = job.id
    return opened(job_id, key)


def opened(job_id, key):
    job = db.session.get(Job, job_id)
    while job.state is JobState.WORKING:
        jobs.run_now(job_id)
        db.session.expire_all()
    return list(letter_making.lines(job, key))
