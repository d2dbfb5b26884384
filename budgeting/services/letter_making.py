"""Codes for a whole roll in the background, as letters that only the admin's browser can open.

Each slice gives some voters their codes and keeps them sealed to the download's one-time key,
in one transaction. The private half of the key is handed out once and kept nowhere here, so
neither the database nor whoever works the queue can read a code that has been sealed.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from budgeting import clock
from budgeting.ballotbox import one_time_downloads
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, Job, SealedLetters, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, code_files, code_giving, rounds, transaction
from budgeting.services.code_giving import LetterLine, VoterRows
from budgeting.vocabulary import N_, JobKind, JobState

CODES_IN_A_SLICE = 250


class LettersAreBeingMade(Refusal):
    """One download at a time in a round."""

    message = N_("Der laves koder lige nu. Vent, til det er færdigt.")


class LettersAreGone(Refusal):
    """The codes were deleted after a day, or by the admin."""

    message = N_("Filerne er slettet. Lav koderne om, hvis filerne er blevet væk.")


def begin(*, by: Account, budget_round: BudgetRound, now: datetime) -> tuple[Job, bytes]:
    """Have codes made for everyone without one; returns the key that opens them."""
    rows = _of_round(budget_round).where(Voter.code_hash.is_(None))
    return _begin(rows, None, by=by, budget_round=budget_round, now=now)


def begin_again(
    number: int, *, by: Account, budget_round: BudgetRound, now: datetime
) -> tuple[Job, bytes]:
    """Have new codes made for everyone in a lost file; the old ones open nothing any more."""
    rows = _of_round(budget_round).where(Voter.code_file == number)
    return _begin(rows, number, by=by, budget_round=budget_round, now=now)


def find(job_id: int, *, by: Account, budget_round: BudgetRound) -> Job | None:
    """Return the person's own download in this round."""
    job = db.session.get(Job, job_id)
    is_theirs = job is not None and job.account_id == by.id and job.round_id == budget_round.id
    return job if is_theirs and job and job.kind is JobKind.CODE_LETTERS else None


def unfinished(*, by: Account, budget_round: BudgetRound) -> Job | None:
    """Return the person's newest download that has not been deleted."""
    jobs = select(Job).where(Job.round_id == budget_round.id, Job.account_id == by.id)
    return db.session.scalars(
        jobs.where(Job.kind == JobKind.CODE_LETTERS).order_by(Job.id.desc()).limit(1)
    ).first()


def file_number(job: Job) -> int:
    """Return the number of the file that the voters' codes stand in."""
    number: int = json.loads(job.order)["file"]
    return number


def lines(job: Job, private_key: bytes) -> Iterator[LetterLine]:
    """Yield what goes in each letter; raises CannotBeOpenedHere before the first."""
    numbers = db.session.scalars(
        select(SealedLetters.number)
        .where(SealedLetters.job_id == job.id)
        .order_by(SealedLetters.number)
    ).all()
    if not numbers:
        raise LettersAreGone()
    job_id = job.id
    first = _opened(job_id, numbers[0], private_key)
    return _all_lines(job_id, first, list(numbers[1:]), private_key)


def forget(job: Job) -> None:
    """Delete the sealed codes: the admin has them."""
    with transaction.deed() as session:
        session.execute(delete(SealedLetters).where(SealedLetters.job_id == job.id))
        session.execute(delete(Job).where(Job.id == job.id))


def work_on(job_id: int) -> None:
    """Give the next voters their codes and seal them; the last step says how many there were."""
    job = db.session.get_one(Job, job_id)
    by, budget_round = db.session.get_one(Account, job.account_id), job.budget_round
    order = json.loads(job.order)
    voters = code_giving.waiting(_next_rows(budget_round, order).limit(CODES_IN_A_SLICE))
    try:
        hashed = code_giving.hashed_codes(len(voters)) if voters else []
        with transaction.deed() as session:
            _seal(session, job_id, by, voters[: len(hashed)], hashed)
    except (code_giving.CodesAreBeingMade, IntegrityError):
        _put_back(job_id, JobState.WORKING)
    except Refusal:
        _put_back(job_id, JobState.REFUSED)


def _begin(
    rows: VoterRows,
    again: int | None,
    *,
    by: Account,
    budget_round: BudgetRound,
    now: datetime,
) -> tuple[Job, bytes]:
    key = one_time_downloads.make_key()
    number = code_files.last_number(budget_round) + 1
    with transaction.deed() as session:
        rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
        rounds.lock(session, budget_round)
        total = session.scalar(select(func.count()).select_from(rows.subquery())) or 0
        if not total:
            raise code_files.NoSuchFile() if again else code_files.EveryoneHasACode()
        _refuse_while_working(session, budget_round)
        job = Job(
            kind=JobKind.CODE_LETTERS,
            state=JobState.WORKING,
            round_id=budget_round.id,
            account_id=by.id,
            total=total,
            order=json.dumps({"file": number, "again": again}),
            public_key=key.public_key,
            made_at=now,
            due_at=now,
        )
        session.add(job)
    return job, key.private_key


def _refuse_while_working(session: Session, budget_round: BudgetRound) -> None:
    working = select(Job.id).where(
        Job.round_id == budget_round.id,
        Job.kind == JobKind.CODE_LETTERS,
        Job.state == JobState.WORKING,
    )
    if session.scalars(working).first() is not None:
        raise LettersAreBeingMade()


def _seal(
    session: Session,
    job_id: int,
    by: Account,
    voters: list[code_giving.Waiting],
    hashed: list[code_giving.Hashed],
) -> None:
    job = session.get_one(Job, job_id, with_for_update=True)
    now, budget_round = clock.now(), job.budget_round
    rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
    job.due_at = now
    if voters:
        _keep_sealed(session, job, voters, hashed)
    if not voters or job.done >= job.total:
        job.state = JobState.DONE
        _tell_the_log(session, job, by, now)


def _keep_sealed(
    session: Session,
    job: Job,
    voters: list[code_giving.Waiting],
    hashed: list[code_giving.Hashed],
) -> None:
    code_giving.keep(session, voters, hashed, file_number(job))
    told = json.dumps([asdict(line) for line in code_giving.lines_of(voters, hashed)])
    job.done += len(voters)
    sealed = one_time_downloads.seal(told.encode(), job.public_key or b"", job.done)
    session.add(SealedLetters(job_id=job.id, number=job.done, sealed=sealed))


def _put_back(job_id: int, state: JobState) -> None:
    """Somebody else gave one of the voters a code meanwhile, or codes may not be made any more."""
    with transaction.deed() as session:
        job = session.get_one(Job, job_id)
        job.state, job.due_at = state, clock.now()


def _tell_the_log(session: Session, job: Job, by: Account, now: datetime) -> None:
    made, number = job.done, file_number(job)
    audit.record(
        session,
        Deed.KEEP_ROLL,
        by=by,
        now=now,
        budget_round=job.budget_round,
        codes_made=made,
        file=number,
    )


def _next_rows(budget_round: BudgetRound, order: dict[str, int | None]) -> VoterRows:
    rows = _of_round(budget_round)
    if order["again"] is None:
        return rows.where(Voter.code_hash.is_(None))
    return rows.where(Voter.code_file == order["again"])


def _of_round(budget_round: BudgetRound) -> VoterRows:
    return code_giving.of_round(budget_round)


def _all_lines(
    job_id: int, first: list[LetterLine], rest: list[int], private_key: bytes
) -> Iterator[LetterLine]:
    yield from first
    for number in rest:
        yield from _opened(job_id, number, private_key)


def _opened(job_id: int, number: int, private_key: bytes) -> list[LetterLine]:
    kept = db.session.get(SealedLetters, (job_id, number))
    if kept is None:
        raise LettersAreGone()
    told = one_time_downloads.open_sealed(kept.sealed, private_key, number)
    return [LetterLine(**line) for line in json.loads(told)]
