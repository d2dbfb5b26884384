"""A roll on its way in: uploaded, its columns chosen, looked through, put on the roll, forgotten.

The file is kept sealed until it is done with, and nothing of what it says of a person is kept
beside it: of a refused line only its number and the reason.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, Job
from budgeting.refusals import Refusal
from budgeting.rulebook import voters
from budgeting.rulebook.deeds import Deed
from budgeting.services import (
    kept_files,
    roll_columns,
    roll_plan,
    roll_reading,
    roll_table,
    roll_text,
    roll_writing,
    rounds,
    transaction,
)
from budgeting.services.roll_columns import Columns
from budgeting.services.roll_reading import Known, RefusedLine, RollReading
from budgeting.services.roll_refusals import ImportIsOver
from budgeting.timezone import COPENHAGEN
from budgeting.vocabulary import JobKind, JobState

SMALL_ENOUGH_TO_WAIT_FOR = 200_000
SILENT_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Told:
    """A sentence about a line, or about the whole file (line 0), to be said in any language."""

    line: int
    message: str
    values: dict[str, object]


def begin(*, by: Account, budget_round: BudgetRound, content: bytes, now: datetime) -> Job:
    """Take in a file, or refuse it; whatever lay unfinished in the round before is forgotten."""
    rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
    table = roll_table.of(content)
    columns = roll_columns.guess(table.headings)
    is_certain = roll_columns.is_certain(columns, table.headings)
    order = {"headings": table.headings, "example": _example(table), "columns": columns}
    with transaction.deed() as session:
        rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
        of_round = delete(Job).where(Job.round_id == budget_round.id, Job.account_id == by.id)
        session.execute(of_round.where(Job.kind == JobKind.ROLL_IMPORT))
        job = Job(
            kind=JobKind.ROLL_IMPORT,
            state=JobState.READING if is_certain else JobState.MAPPING,
            round_id=budget_round.id,
            account_id=by.id,
            total=table.lines,
            order=json.dumps(order),
            content=kept_files.sealed(content),
            made_at=now,
            due_at=now,
        )
        session.add(job)
    return job


def find(job_id: int, *, by: Account, budget_round: BudgetRound) -> Job | None:
    """Return the person's own import in this round."""
    job = db.session.get(Job, job_id)
    is_theirs = job is not None and job.account_id == by.id and job.round_id == budget_round.id
    return job if is_theirs and job and job.kind is JobKind.ROLL_IMPORT else None


def headings_of(job: Job) -> list[tuple[str, str]]:
    """Return each column's heading, with the shape of what stands first in it."""
    order = json.loads(job.order)
    return list(zip(order["headings"], order["example"], strict=True))


def columns_of(job: Job) -> dict[str, int]:
    """Return the columns as they were guessed or chosen."""
    chosen: dict[str, int] = json.loads(job.order)["columns"]
    return chosen


def choose_columns(job: Job, columns: Columns, now: datetime) -> None:
    """Say which column is which; then the file is read."""
    roll_columns.refuse_unless_usable(columns)
    with transaction.deed() as session:
        kept = session.get(Job, job.id, with_for_update=True)
        if kept is None or kept.state in (JobState.WRITING, JobState.DONE):
            raise ImportIsOver()
        kept.order = json.dumps(json.loads(kept.order) | {"columns": dict(columns)})
        kept.state, kept.due_at, kept.done, kept.report = JobState.READING, now, 0, None


def confirm(job: Job, now: datetime) -> None:
    """Have what was looked through put on the roll."""
    with transaction.deed() as session:
        kept = session.get(Job, job.id, with_for_update=True)
        if kept is None or kept.state is not JobState.CHECKED:
            raise ImportIsOver()
        kept.state, kept.due_at, kept.done = JobState.WRITING, now, 0


def progress_of(job: Job) -> tuple[int, int]:
    """Return how much is done, of how much: what is put in is read once more, and laid ready."""
    return job.done, job.total * (2 if job.state is JobState.WRITING else 1)


def is_small(job: Job) -> bool:
    """Whether a page can wait for it."""
    return len(job.content or b"") <= SMALL_ENOUGH_TO_WAIT_FOR


def text_of(job: Job) -> str:
    """Return the lines of a small file as text, to be mended on the page; else nothing."""
    content = kept_files.opened(job.content) if job.content else b""
    if not is_small(job) or content.startswith(roll_table.ZIPPED):
        return ""
    return roll_text.read(content)


def refused_lines(job: Job) -> list[Told]:
    """Return every refused line with its reason, in the file's order."""
    told = json.loads(zlib.decompress(job.report)) if job.report else []
    return [Told(*one) for one in told]


def result_of(job: Job) -> dict[str, int]:
    """Return what was found or done: counts by their names."""
    found: dict[str, int] = json.loads(job.result)
    return found


def work_on(job_id: int) -> None:
    """Do the next step of an import: look it through, or put it on the roll."""
    job = db.session.get_one(Job, job_id)
    by = db.session.get_one(Account, job.account_id)
    try:
        reading = _read(job)
        if job.state is JobState.READING:
            _look_through(job, reading)
        else:
            _put_on_roll(job, by, reading)
    except Refusal as refusal:
        _finish(job_id, JobState.REFUSED, {}, [RefusedLine(0, refusal)])  # type: ignore[arg-type]


def _read(job: Job) -> RollReading:
    content = kept_files.opened(job.content or b"")
    today = clock.now().astimezone(COPENHAGEN).date()
    areas = {area.name: area.id for area in job.budget_round.areas}
    job_id = job.id
    return roll_reading.read(
        roll_table.of(content),
        columns_of(job),
        Known(areas=areas, today=today),
        tell=lambda lines: _tell(job_id, lines),
    )


def _look_through(job: Job, reading: RollReading) -> None:
    plan = roll_plan.of(reading, roll_plan.roll_of(db.session(), job.budget_round))
    lines = reading.lines
    found = {
        "lines": len(lines) - (len(plan.refused) - len(reading.refused)),
        "new": len(plan.new),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "too_young": _too_young(job.budget_round, reading),
        "without_area": sum(line.area_id is None for line in lines),
        "without_birth_date": sum(line.birth_date is None for line in lines),
        "hides_numbers": int(plan.hides_numbers),
        "refused": len(plan.refused),
    }
    state = JobState.REFUSED if plan.refused else JobState.CHECKED
    _finish(job.id, state, found, plan.refused)


def _put_on_roll(job: Job, by: Account, reading: RollReading) -> None:
    """The job is done in the same instant as the roll has changed."""
    job_id, read = job.id, job.total

    def tell(session: Session, lines: int) -> None:
        _show(session, job_id, read + lines)

    roll_writing.write(
        by=by, budget_round=job.budget_round, job_id=job_id, reading=reading, tell=tell
    )


def _finish(
    job_id: int, state: JobState, found: dict[str, int], refused: Sequence[RefusedLine]
) -> None:
    told = [(one.line, one.reason.message, one.reason.values) for one in refused]
    with transaction.deed() as session:
        job = session.get_one(Job, job_id)
        job.state, job.result = state, json.dumps(found)
        job.report = zlib.compress(json.dumps(told, default=str).encode()) if told else None


def _tell(job_id: int, lines: int) -> None:
    """Show how far the reading is, and that somebody is at it."""
    with transaction.deed() as session:
        job = _show(session, job_id, lines)
        job.total = max(job.total, lines)


def _show(session: Session, job_id: int, done: int) -> Job:
    job = session.get_one(Job, job_id)
    job.done, job.due_at = done, clock.now() + SILENT_FOR
    return job


def _too_young(budget_round: BudgetRound, reading: RollReading) -> int:
    """Return how many will not have reached the age on the last day of voting."""
    if budget_round.min_age is None or budget_round.voting_closes is None:
        return 0
    last_day = budget_round.voting_closes.astimezone(COPENHAGEN).date()
    born = [line.birth_date for line in reading.lines if line.birth_date is not None]
    return sum(voters.age_on(last_day, day) < budget_round.min_age for day in born)


def _example(table: roll_table.RollTable) -> list[str]:
    """Return the shape of the first line, ``000000-0000``, and nothing of what it says."""
    first = next(table.rows, (0, []))[1]
    shapes = ["".join(map(_shape, cell[:20])) for cell in first[: len(table.headings)]]
    return shapes + [""] * (len(table.headings) - len(shapes))


def _shape(sign: str) -> str:
    if sign.isdigit():
        return "0"
    return "a" if sign.isalpha() else sign
