"""Destroying what links a voter to a ballot, once nobody can object to the count any more.

The envelopes, the memory of which forms were handed in, and the locked keys go. The board,
the nameless ballots and the log stay. See docs/decisions/0007-what-is-destroyed.md.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from budgeting.models import (
    Account,
    BoardEntry,
    BudgetRound,
    Envelope,
    HandedInForm,
    OfficerKey,
    PaperMark,
    Pot,
    RollKey,
)
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, rounds, transaction
from budgeting.vocabulary import N_


class StillOpenToObjections(Refusal):
    """Somebody may still ask for a new count."""

    message = N_("Der kan klages indtil %(when)s. Kuverterne skal blive liggende så længe.")


class AlreadyDestroyed(Refusal):
    """There is nothing left to destroy."""

    message = N_("Kuverterne og nøglerne er allerede destrueret.")


def due_at(budget_round: BudgetRound) -> datetime | None:
    """Return when envelopes and keys may be destroyed; None before the result is published.

    The number of days is frozen with the rulebook, so the column is asked directly.
    """
    if budget_round.published_at is None:
        return None
    return budget_round.published_at + timedelta(days=budget_round.objection_days)


def is_due(budget_round: BudgetRound, now: datetime) -> bool:
    """Whether the envelopes lie there longer than they should."""
    due = due_at(budget_round)
    return due is not None and due <= now and budget_round.destroyed_at is None


def destroy(*, by: Account, budget_round: BudgetRound, now: datetime) -> None:
    """Destroy the round's envelopes and locked keys; this cannot be undone.

    The job worker writes the database's files anew after it (see ``clean_files``).
    """
    with transaction.deed() as session:
        rounds.lock(session, budget_round)
        rounds.permit(Deed.DESTROY_BALLOT_BOX, roles=by.roles, budget_round=budget_round, now=now)
        if budget_round.destroyed_at:
            raise AlreadyDestroyed()
        due = due_at(budget_round)
        if due is None or now < due:
            raise StillOpenToObjections(when=due)
        envelopes = _destroy_envelopes(session, budget_round)
        _destroy_keys(session, budget_round)
        budget_round.destroyed_at = budget_round.files_due_at = now
        audit.record(
            session,
            Deed.DESTROY_BALLOT_BOX,
            by=by,
            now=now,
            budget_round=budget_round,
            envelopes=envelopes,
        )


def _destroy_envelopes(session: Session, budget_round: BudgetRound) -> int:
    pots = select(Pot.id).where(Pot.round_id == budget_round.id).scalar_subquery()
    receipts = select(BoardEntry.receipt).where(BoardEntry.pot_id.in_(pots))
    held = select(func.count()).select_from(Envelope).where(Envelope.pot_id.in_(pots))
    envelopes = session.scalar(held) or 0
    session.execute(delete(HandedInForm).where(HandedInForm.receipt.in_(receipts)))
    session.execute(delete(Envelope).where(Envelope.pot_id.in_(pots)))
    session.execute(delete(PaperMark).where(PaperMark.pot_id.in_(pots)))
    return envelopes


def _destroy_keys(session: Session, budget_round: BudgetRound) -> None:
    session.execute(
        update(OfficerKey)
        .where(OfficerKey.round_id == budget_round.id)
        .values(locked_private_key=None)
    )
    session.execute(delete(RollKey).where(RollKey.round_id == budget_round.id))
