"""Keeps the voter roll: how far it is, emptying it, forgetting addresses; no name is ever logged."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, RollKey, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, rounds, transaction
from budgeting.vocabulary import N_, Phase


class RollIsInUse(Refusal):
    """The roll may only be emptied while the round is a draft."""

    message = N_("Runden er åbnet. Nu kan valglisten kun blive længere.")


@dataclass(frozen=True)
class RollState:
    """How far the roll is: people on it, and how many of them have a code."""

    voters: int
    with_code: int

    @property
    def without_code(self) -> int:
        """How many still need a code."""
        return self.voters - self.with_code


def state_of(budget_round: BudgetRound) -> RollState:
    """Return how far the roll is."""
    counts = select(func.count(), func.count(Voter.code_hash))
    row = db.session.execute(counts.where(Voter.round_id == budget_round.id)).one()
    return RollState(voters=row[0], with_code=row[1])


def voters_by_area(budget_round: BudgetRound) -> list[tuple[str | None, int]]:
    """Return how many people on the roll live in each area; None is those without an area."""
    by_area = (
        select(Voter.area_id, func.count())
        .where(Voter.round_id == budget_round.id)
        .group_by(Voter.area_id)
    )
    counts = {area_id: count for area_id, count in db.session.execute(by_area)}  # noqa: C416
    in_areas: list[tuple[str | None, int]] = [
        (area.name, counts.get(area.id, 0)) for area in budget_round.areas
    ]
    return in_areas + ([(None, counts[None])] if None in counts else [])


def empty_roll(*, by: Account, budget_round: BudgetRound, now: datetime) -> int:
    """Take everyone off the roll of a draft, so that a wrong file can be put right."""
    with transaction.deed() as session:
        rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
        if rounds.phase_of(budget_round, now) is not Phase.DRAFT:
            raise RollIsInUse()
        removed = voters_on(session, budget_round)
        session.execute(delete(Voter).where(Voter.round_id == budget_round.id))
        session.execute(delete(RollKey).where(RollKey.round_id == budget_round.id))
        audit.record(
            session, Deed.KEEP_ROLL, by=by, now=now, budget_round=budget_round, removed=removed
        )
    return removed


def voters_on(session: Session, budget_round: BudgetRound) -> int:
    """Return how many people are on the roll."""
    return session.scalar(select(func.count()).where(Voter.round_id == budget_round.id)) or 0


def forget_addresses(now: datetime) -> None:
    """Take the addresses off every roll whose voting has closed: no letter is sent any more."""
    closed = select(BudgetRound.id).where(BudgetRound.voting_closes < now)
    kept = (Voter.addressee.is_not(None), Voter.round_id.in_(closed))
    if db.session.scalar(select(Voter.id).where(*kept).limit(1)) is None:
        return
    with transaction.deed() as session:
        session.execute(update(Voter).where(*kept).values(addressee=None))
