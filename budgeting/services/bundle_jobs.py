"""Makes the file with a whole published result as a piece of longer work; a small one at once."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import BudgetRound, Count, Job, Pot
from budgeting.services import apart, bundle_orders, bundles, transaction
from budgeting.vocabulary import JobState

# So few envelopes are packed while the reader waits: under a second.
MADE_AT_ONCE = 2_000
SILENT_FOR = timedelta(minutes=5)


def work_on(job_id: int) -> None:
    """Make the file in a process apart; a worker that dies leaves the order to the next one."""
    apart.run(lambda: _make(job_id), meanwhile=lambda: _still_making(job_id))
    with transaction.deed() as session:
        session.get_one(Job, job_id).state = JobState.DONE


def _make(job_id: int) -> None:
    session: Session = db.session()
    bundles.file_of(session, session.get_one(Job, job_id).budget_round)


def _still_making(job_id: int) -> None:
    """Say that somebody is at it, so that nobody else begins."""
    with transaction.deed() as session:
        session.get_one(Job, job_id).due_at = clock.now() + SILENT_FOR


def is_ready(budget_round: BudgetRound) -> bool:
    """Whether the file is there, or small enough to be made while one waits."""
    session: Session = db.session()
    return bundles.is_made(session, budget_round) or _envelopes(session, budget_round) <= (
        MADE_AT_ONCE
    )


def find_file(budget_round: BudgetRound) -> Path | None:
    """Return the file; None while it is being made, and one that was lost is asked for again."""
    session: Session = db.session()
    who = bundle_orders.publisher_of(session, budget_round)
    if is_ready(budget_round) or who is None:
        return bundles.file_of(session, budget_round)
    if not bundle_orders.is_under_way(session, budget_round):
        with transaction.deed() as session:
            bundle_orders.order(session, budget_round, by_id=who, now=clock.now())
    return None


def _envelopes(session: Session, budget_round: BudgetRound) -> int:
    counted = select(func.sum(Count.envelopes_in)).join(Pot, Pot.id == Count.pot_id)
    return session.scalar(counted.where(Pot.round_id == budget_round.id)) or 0
