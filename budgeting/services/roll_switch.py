"""Makes a roll that was laid ready true: one short transaction, or nothing of it.

Here the writer is held, and the boxes, so all that takes long was done before. What may have
changed since is asked again: the round's phase, the job, the roll, its key, who has voted.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from budgeting.models import (
    Account,
    Area,
    AuditEvent,
    BallotBox,
    BudgetRound,
    Job,
    Pot,
    RollKey,
    StagedLine,
    Voter,
)
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, roll_plan, rounds, transaction
from budgeting.services.roll_plan import Plan
from budgeting.services.roll_refusals import RollIsBusy
from budgeting.vocabulary import JobState

KEPT = ("roll_number", "pseudonym", "birth_date", "area_id", "addressee")
# What stands in the log about a deed that changed who is on the roll, and about no other.
CHANGES = ('%"added":%', '%"removed":%')
LARGE, ROOM_KIB = 10_000, 65_536


class RollChangedMeanwhile(Exception):
    """The roll is not what the plan was made from; a new plan must be made."""


class JobTakenOver(RuntimeError):
    """The job is done, gone, or in another worker's hands."""


@dataclass(frozen=True)
class Stamp:
    """What changes whenever an import or an emptying has changed the roll, or its key."""

    last_change: int
    key: tuple[bytes, bool, int] | None


@dataclass(frozen=True)
class Laid:
    """What lies ready: whose it is, what it was planned from, and what it comes to."""

    job_id: int
    batch: str
    lines: int
    plan: Plan
    seen: Stamp
    last_number: int | None


@dataclass(frozen=True)
class Written:
    """How many were added, changed, and found as they were."""

    added: int
    updated: int
    unchanged: int


def stamp_of(session: Session, budget_round: BudgetRound) -> Stamp:
    """Return the roll's stamp as it is now."""
    changes = AuditEvent.details.like(CHANGES[0]) | AuditEvent.details.like(CHANGES[1])
    last = session.scalar(
        select(func.max(AuditEvent.number))
        .where(AuditEvent.round_id == budget_round.id, AuditEvent.deed == Deed.KEEP_ROLL)
        .where(changes)
    )
    key = session.get(RollKey, budget_round.id, populate_existing=True)
    return Stamp(last or 0, (key.secret, key.hides_numbers, key.last_number) if key else None)


def switch(*, by: Account, budget_round: BudgetRound, laid: Laid, now: datetime) -> None:
    """Put what lies ready on the roll, and say so of the job."""
    plan = laid.plan
    written = Written(len(plan.new), len(plan.changed), plan.unchanged)
    with transaction.deed() as session:
        _give_room(session, laid)
        job = session.get(Job, laid.job_id, with_for_update=True)
        rounds.lock(session, budget_round)
        rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
        _hold_the_boxes(session, budget_round)
        _refuse_if_taken_over(session, job, laid)
        _refuse_areas_that_are_gone(session, budget_round, laid)
        _refuse_if_changed(session, budget_round, laid)
        _add(session, budget_round, laid)
        _change(session, laid)
        _keep_key(session, budget_round, laid)
        audit.record(
            session,
            Deed.KEEP_ROLL,
            by=by,
            now=now,
            budget_round=budget_round,
            added=written.added,
            updated=written.updated or None,
        )
        assert job is not None
        job.state, job.result = JobState.DONE, json.dumps(vars(written))
        job.content = job.report = None


def _give_room(session: Session, laid: Laid) -> None:
    """Let SQLite keep a town's roll in memory meanwhile: it writes each page once, and sooner."""
    connection = session.connection()
    if connection.dialect.name == "sqlite" and laid.lines >= LARGE:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{ROOM_KIB}")


def _hold_the_boxes(session: Session, budget_round: BudgetRound) -> None:
    """Nobody hands in a vote while it is looked up who has."""
    boxes = select(BallotBox).join(Pot, BallotBox.pot_id == Pot.id).order_by(BallotBox.pot_id)
    session.scalars(
        boxes.where(Pot.round_id == budget_round.id).with_for_update(of=BallotBox)
    ).all()


def _refuse_if_taken_over(session: Session, job: Job | None, laid: Laid) -> None:
    """Another worker has begun anew, and took these lines away, or the file was discarded."""
    lie = session.scalar(select(func.count()).select_from(_lines(laid).subquery()))
    if job is None or job.state is not JobState.WRITING or lie != laid.lines:
        raise JobTakenOver()


def _refuse_areas_that_are_gone(session: Session, budget_round: BudgetRound, laid: Laid) -> None:
    """An area may have been taken away since the file was read."""
    there = select(Area.id).where(Area.round_id == budget_round.id)
    gone = _lines(laid).where(StagedLine.area_id.not_in(there))
    if session.scalar(gone.limit(1)) is not None:
        raise RollIsBusy()


def _refuse_if_changed(session: Session, budget_round: BudgetRound, laid: Laid) -> None:
    """Another import may have changed the roll, or somebody who is to be moved may have voted."""
    if stamp_of(session, budget_round) != laid.seen:
        raise RollChangedMeanwhile()
    moved = _lines(laid).join(Voter, Voter.id == StagedLine.voter_id)
    differs = StagedLine.birth_date.is_distinct_from(Voter.birth_date)
    differs |= StagedLine.area_id.is_distinct_from(Voter.area_id)
    voted = Voter.id.in_(roll_plan.voted(budget_round))
    if session.scalar(moved.where(differs, voted).limit(1)) is not None:
        raise RollChangedMeanwhile()


def _add(session: Session, budget_round: BudgetRound, laid: Laid) -> None:
    """In the file's order, as the roll has always been."""
    kept = [getattr(StagedLine, name) for name in KEPT]
    new = _lines(laid, budget_round.id, *kept).where(StagedLine.voter_id.is_(None))
    session.execute(
        insert(Voter).from_select(("round_id", *KEPT), new.order_by(StagedLine.line)),
        execution_options={"synchronize_session": False},
    )


def _change(session: Session, laid: Laid) -> None:
    names = roll_plan.names_of(laid.plan.columns)
    if not laid.plan.changed or not names:
        return
    changed = (
        update(Voter)
        .where(Voter.id == StagedLine.voter_id)
        .where(StagedLine.job_id == laid.job_id, StagedLine.batch == laid.batch)
        .values({name: getattr(StagedLine, name) for name in names})
    )
    session.execute(changed, execution_options={"synchronize_session": False})


def _keep_key(session: Session, budget_round: BudgetRound, laid: Laid) -> None:
    """Say of the key that it hides, and which number was drawn last."""
    if laid.last_number is not None:
        key = session.get_one(RollKey, budget_round.id)
        key.hides_numbers, key.last_number = laid.plan.hides_numbers, laid.last_number


def _lines(laid: Laid, *columns: object) -> Select[int]:
    asked = select(*(columns or (StagedLine.line,)))  # type: ignore[call-overload]
    found: Select[int] = asked.where(
        StagedLine.job_id == laid.job_id, StagedLine.batch == laid.batch
    )
    return found
