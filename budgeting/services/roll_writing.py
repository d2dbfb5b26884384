"""Puts a whole reading on the roll in one transaction, or nothing of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from budgeting.ballotbox import roll_pseudonyms
from budgeting.models import Account, Area, BallotBox, BudgetRound, Pot, RollKey, Voter
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, roll_plan, rounds, transaction
from budgeting.services.roll_plan import Plan, Roll
from budgeting.services.roll_reading import RollReading
from budgeting.services.roll_refusals import LinesRefused, RollIsBusy

OWN_NUMBER = "V"


@dataclass(frozen=True)
class Written:
    """How many were added, changed, and found as they were."""

    added: int
    updated: int
    unchanged: int


def write(
    *, by: Account, budget_round: BudgetRound, reading: RollReading, now: datetime
) -> Written:
    """Put every person who was read on the roll, or refuse the file whole."""
    try:
        return _write(by=by, budget_round=budget_round, reading=reading, now=now)
    except IntegrityError:
        # The database's own sentence names a person, so it goes no further.
        raise RollIsBusy() from None


def _write(
    *, by: Account, budget_round: BudgetRound, reading: RollReading, now: datetime
) -> Written:
    with transaction.deed() as session:
        rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
        _hold_the_boxes(session, budget_round)
        roll = roll_plan.roll_of(session, budget_round)
        plan = roll_plan.of(reading, roll)
        if plan.refused:
            raise LinesRefused(count=len(plan.refused))
        _refuse_areas_that_are_gone(session, budget_round, plan)
        _add(session, budget_round, plan, roll)
        _change(session, plan)
        written = Written(len(plan.new), len(plan.changed), plan.unchanged)
        audit.record(
            session,
            Deed.KEEP_ROLL,
            by=by,
            now=now,
            budget_round=budget_round,
            added=written.added,
            updated=written.updated or None,
        )
    return written


def _hold_the_boxes(session: Session, budget_round: BudgetRound) -> None:
    """Nobody hands in a vote while it is looked up who has."""
    boxes = select(BallotBox).join(Pot, BallotBox.pot_id == Pot.id).order_by(BallotBox.pot_id)
    session.scalars(
        boxes.where(Pot.round_id == budget_round.id).with_for_update(of=BallotBox)
    ).all()


def _refuse_areas_that_are_gone(session: Session, budget_round: BudgetRound, plan: Plan) -> None:
    """An area may have been taken away since the file was read."""
    there = set(session.scalars(select(Area.id).where(Area.round_id == budget_round.id)))
    lines = [*plan.new, *(line for _, line in plan.changed)]
    if {line.area_id for line in lines} - there - {None}:
        raise RollIsBusy()


def _add(session: Session, budget_round: BudgetRound, plan: Plan, roll: Roll) -> None:
    if not plan.new:
        return
    key = _key_of(session, budget_round, plan) if plan.hides_numbers else None
    own = _own_numbers(key, roll)
    rows = []
    for line in plan.new:
        row: dict[str, object] = {"round_id": budget_round.id, "pseudonym": None}
        row |= {"birth_date": line.birth_date, "area_id": line.area_id}
        row |= {"roll_number": line.identifier, "addressee": line.addressee}
        if key is not None:
            row["pseudonym"] = roll_plan.pseudonym(line.identifier, key.secret)
            row["roll_number"] = next(own)
        rows.append(row)
    session.execute(insert(Voter), rows)


def _change(session: Session, plan: Plan) -> None:
    rows = [
        {"id": known.voter_id} | roll_plan.values_of(line, plan.columns)
        for known, line in plan.changed
    ]
    if rows:
        session.execute(update(Voter), rows)


def _key_of(session: Session, budget_round: BudgetRound, plan: Plan) -> RollKey:
    """Return the round's key, made when it is first needed."""
    key = session.get(RollKey, budget_round.id, with_for_update=True)
    if key is None:
        key = RollKey(round_id=budget_round.id, secret=roll_pseudonyms.make_round_key())
        key.last_number = 0
        session.add(key)
    key.hides_numbers = plan.hides_numbers
    session.flush()
    return key


def _own_numbers(key: RollKey | None, roll: Roll) -> Iterator[str]:
    """Draw short numbers that nobody on the roll has."""
    while key is not None:
        key.last_number += 1
        number = f"{OWN_NUMBER}{key.last_number}"
        if number not in roll.numbers:
            yield number
