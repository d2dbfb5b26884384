"""Keeps the voter roll: people are added all or none; nothing here is ever written to a log."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook import voters
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, roll_reading, rounds, transaction
from budgeting.services.roll_reading import Known, RollReading
from budgeting.services.roll_refusals import LinesRefused, RollIsBusy
from budgeting.timezone import COPENHAGEN
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


def preview(budget_round: BudgetRound, text: str, now: datetime) -> RollReading:
    """Return what an import of this text would do; nothing is stored."""
    return _read(db.session(), budget_round, text, now)


def too_young(budget_round: BudgetRound, reading: RollReading) -> int:
    """Return how many of those read will not have reached the age on the last day of voting."""
    if budget_round.min_age is None or budget_round.voting_closes is None:
        return 0
    last_day = budget_round.voting_closes.astimezone(COPENHAGEN).date()
    born = [line.birth_date for line in reading.lines if line.birth_date is not None]
    return sum(voters.age_on(last_day, day) < budget_round.min_age for day in born)


def import_roll(*, by: Account, budget_round: BudgetRound, text: str, now: datetime) -> int:
    """Put every person of the text on the roll and return how many, or refuse it whole."""
    try:
        return _import(by=by, budget_round=budget_round, text=text, now=now)
    except IntegrityError:
        # The database's own sentence names a person, so it goes no further.
        raise RollIsBusy() from None


def empty_roll(*, by: Account, budget_round: BudgetRound, now: datetime) -> int:
    """Take everyone off the roll of a draft, so that a wrong file can be put right."""
    with transaction.deed() as session:
        rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
        if rounds.phase_of(budget_round, now) is not Phase.DRAFT:
            raise RollIsInUse()
        removed = voters_on(session, budget_round)
        session.execute(delete(Voter).where(Voter.round_id == budget_round.id))
        audit.record(
            session, Deed.KEEP_ROLL, by=by, now=now, budget_round=budget_round, removed=removed
        )
    return removed


def voters_on(session: Session, budget_round: BudgetRound) -> int:
    """Return how many people are on the roll."""
    return session.scalar(select(func.count()).where(Voter.round_id == budget_round.id)) or 0


def _import(*, by: Account, budget_round: BudgetRound, text: str, now: datetime) -> int:
    with transaction.deed() as session:
        rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
        reading = _read(session, budget_round, text, now)
        if reading.refused:
            raise LinesRefused(count=len(reading.refused))
        session.execute(
            insert(Voter), [{"round_id": budget_round.id} | vars(line) for line in reading.lines]
        )
        audit.record(
            session,
            Deed.KEEP_ROLL,
            by=by,
            now=now,
            budget_round=budget_round,
            added=len(reading.lines),
        )
    return len(reading.lines)


def _read(session: Session, budget_round: BudgetRound, text: str, now: datetime) -> RollReading:
    taken = session.scalars(select(Voter.roll_number).where(Voter.round_id == budget_round.id))
    known = Known(
        areas={area.name: area.id for area in budget_round.areas},
        taken=frozenset(taken),
        today=now.astimezone(COPENHAGEN).date(),
    )
    return roll_reading.read(text, known)
