"""Orders the file with a whole published result, to be made beside the pages."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.models import AuditEvent, BudgetRound, Job
from budgeting.rulebook.deeds import Deed
from budgeting.vocabulary import JobKind, JobState


def order(session: Session, budget_round: BudgetRound, *, by_id: int, now: datetime) -> None:
    """Ask for the file, inside the deed that publishes or adopts; a waiting order is enough."""
    if is_under_way(session, budget_round):
        return
    session.add(
        Job(
            kind=JobKind.BUNDLE,
            state=JobState.WORKING,
            round_id=budget_round.id,
            account_id=by_id,
            made_at=now,
            due_at=now,
        )
    )


def is_under_way(session: Session, budget_round: BudgetRound) -> bool:
    """Whether a worker is asked to make the file."""
    waiting = select(Job.id).where(
        Job.round_id == budget_round.id,
        Job.kind == JobKind.BUNDLE,
        Job.state == JobState.WORKING,
    )
    return session.scalars(waiting).first() is not None


def publisher_of(session: Session, budget_round: BudgetRound) -> int | None:
    """Return who published the result, in whose name a lost file is made again."""
    return session.scalars(
        select(AuditEvent.account_id).where(
            AuditEvent.round_id == budget_round.id, AuditEvent.deed == Deed.PUBLISH_RESULT
        )
    ).first()
