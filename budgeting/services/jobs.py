"""The queue of longer work: each worker takes another piece, and a piece left behind is retaken.

A piece is claimed in a transaction of its own by moving when it is due into the future, as
mails are; whoever works on it moves that on, so nobody else takes it meanwhile.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, delete, select

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import Job, SealedLetters
from budgeting.services import (
    bundle_jobs,
    count_jobs,
    letter_making,
    roll_imports,
    roll_staging,
    transaction,
)
from budgeting.vocabulary import JobKind, JobState

UNDER_WORK = (JobState.READING, JobState.WRITING, JobState.WORKING)
SILENT_FOR = timedelta(minutes=5)
KEPT_FOR = timedelta(days=1)
LOOKS_IN_A_SECOND = 4

log = logging.getLogger(__name__)

WORKERS: dict[JobKind, Callable[[int], None]] = {
    JobKind.ROLL_IMPORT: roll_imports.work_on,
    JobKind.CODE_LETTERS: letter_making.work_on,
    JobKind.BUNDLE: bundle_jobs.work_on,
    JobKind.COUNT: count_jobs.work_on,
}


def run_waiting(now: datetime) -> int:
    """Do one step of each piece that is due and return how many there were."""
    forget_old(now)
    roll_staging.forget_left_behind()
    steps = 0
    taken: set[int] = set()
    while (claimed := _claim_next(clock.now(), taken)) is not None:
        job_id, kind = claimed
        taken.add(job_id)
        _work(job_id, kind)
        steps += 1
    return steps


def run_now(job_id: int) -> None:
    """Do one step of this piece, unless somebody is at it."""
    with transaction.deed() as session:
        job = session.get(Job, job_id, with_for_update=True)
        if job is None or job.state not in UNDER_WORK or job.due_at > clock.now():
            return
        job.due_at = clock.now() + SILENT_FOR
        kind = job.kind
    _work(job_id, kind)


def wait(seconds: float) -> None:
    """Wait until there is something to do, so long at most: people look at a page meanwhile."""
    for _ in range(int(seconds * LOOKS_IN_A_SECOND)):
        time.sleep(1 / LOOKS_IN_A_SECOND)
        waiting = db.session.scalar(_due(clock.now()).with_only_columns(Job.id))
        db.session.rollback()
        if waiting is not None:
            return


def forget_old(now: datetime) -> None:
    """Delete what nobody came back for within a day, files and codes with it.

    A box that has been opened is never forgotten before its ballots are counted.
    """
    is_old = and_(Job.made_at < now - KEPT_FOR, Job.kind != JobKind.COUNT)
    if db.session.scalar(select(Job.id).where(is_old).limit(1)) is None:
        return
    with transaction.deed() as session:
        old = select(Job.id).where(is_old)
        session.execute(delete(SealedLetters).where(SealedLetters.job_id.in_(old)))
        session.execute(delete(Job).where(is_old))


def _work(job_id: int, kind: JobKind) -> None:
    """Do a step; what goes wrong is named in the log and never shown: it may name a person."""
    try:
        WORKERS[kind](job_id)
    except Exception as error:
        db.session.rollback()
        log.error("Job %s stopped: %s", job_id, type(error).__name__)


def _claim_next(now: datetime, taken: set[int]) -> tuple[int, JobKind] | None:
    with transaction.deed() as session:
        job = session.scalars(
            _due(now).where(Job.id.not_in(taken)).with_for_update(skip_locked=True, of=Job)
        ).first()
        if job is None:
            return None
        job.due_at = now + SILENT_FOR
        return job.id, job.kind


def _due(now: datetime) -> Select[Job]:
    """Ask for the piece that has waited longest."""
    due = select(Job).where(Job.state.in_(UNDER_WORK), Job.due_at <= now)
    return due.order_by(Job.due_at, Job.id).limit(1)
