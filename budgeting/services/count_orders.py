"""The order to count a round: it stands from the moment the box is being opened until all is counted.

While the box is opened (OPENING) the keys are in one process only, and the order says by its turn
whose it is; when the ballots are out (WORKING) any worker counts them. A counted round has none.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from budgeting import clock
from budgeting.models import Account, Ballot, BudgetRound, Job, Pot
from budgeting.refusals import Refusal
from budgeting.services import transaction
from budgeting.vocabulary import N_, JobKind, JobState

# Whoever is at work says so more often than this; then another one may begin anew.
SILENT_FOR = timedelta(seconds=60)
# A worker that is there takes what waits within a second.
SOON = timedelta(seconds=10)


class AlreadyCounted(Refusal):
    """A box is opened once."""

    message = N_("Stemmerne er allerede talt op. Du kan se resultatet og offentliggøre det.")


class BeingCounted(Refusal):
    """Somebody has opened the box, and the votes are on their way."""

    message = N_("Stemmerne bliver talt op lige nu.")


class Standing(Enum):
    """How it goes with an order."""

    OPENING = auto()
    INTERRUPTED = auto()
    WAITING = auto()
    NOBODY_COMES = auto()
    COUNTING = auto()


def place(
    session: Session, budget_round: BudgetRound, *, by: Account, total: int, now: datetime
) -> Job:
    """Order the opening and the count, inside a deed that has the round's lock."""
    if budget_round.counted_at:
        raise AlreadyCounted()
    order = find(session, budget_round)
    if order is not None and standing(order) is not Standing.INTERRUPTED:
        raise BeingCounted()
    _forget_ballots(session, budget_round)
    if order is None:
        order = Job(kind=JobKind.COUNT, round_id=budget_round.id)
        session.add(order)
    order.state, order.account_id = JobState.OPENING, by.id
    order.done, order.total = 0, total
    order.order = json.dumps({"turn": secrets.token_hex(16)})
    order.made_at, order.due_at = now, clock.now() + SILENT_FOR
    session.flush()
    return order


def _forget_ballots(session: Session, budget_round: BudgetRound) -> None:
    """Take away what an opening that died had laid down."""
    pots = select(Pot.id).where(Pot.round_id == budget_round.id)
    session.execute(delete(Ballot).where(Ballot.pot_id.in_(pots)))


def find(session: Session, budget_round: BudgetRound) -> Job | None:
    """Return the order that a round has; None before its box is opened and when it is counted."""
    of_round = select(Job).where(Job.round_id == budget_round.id)
    return session.scalars(of_round.where(Job.kind == JobKind.COUNT)).first()


def is_under_way(session: Session, budget_round: BudgetRound) -> bool:
    """Whether the box is being opened, or is open and waits to be counted."""
    order = find(session, budget_round)
    return order is not None and standing(order) is not Standing.INTERRUPTED


def standing(order: Job) -> Standing:
    """Say how it goes, as far as can be seen from here."""
    late_by = clock.now() - order.due_at
    if order.state is JobState.OPENING:
        return Standing.INTERRUPTED if late_by > timedelta() else Standing.OPENING
    if late_by < timedelta():
        return Standing.COUNTING
    return Standing.NOBODY_COMES if late_by > SOON else Standing.WAITING


def turn_of(order: Job) -> str:
    """Return what only the process that opens the box knows of the order."""
    turn: str = json.loads(order.order)["turn"]
    return turn


def said(order: Job) -> dict[str, Any]:
    """Return what came out of the boxes, and how often the count was begun."""
    told: dict[str, Any] = json.loads(order.order)
    return told


def still_opening(order_id: int, turn: str, opened: int) -> None:
    """Say that so many more envelopes are open; the order must still be this one's."""
    with transaction.deed() as session:
        of_turn(session, order_id, turn).done += opened


def of_turn(session: Session, order_id: int, turn: str) -> Job:
    """Return the order, locked and spoken for; refuse where somebody else has it by now."""
    order = session.get(Job, order_id, with_for_update=True)
    if order is None or order.state is not JobState.OPENING or turn_of(order) != turn:
        raise BeingCounted()
    order.due_at = clock.now() + SILENT_FOR
    return order


def opened(order: Job, told: Mapping[str, object], pots: int) -> None:
    """Note what came out of the boxes; from here any worker may count."""
    order.state, order.order = JobState.WORKING, json.dumps(told)
    order.done, order.total, order.due_at = 0, pots, clock.now()


def begin_count(order_id: int) -> None:
    """Note that a worker has begun, and how often one has."""
    with transaction.deed() as session:
        order = session.get(Job, order_id, with_for_update=True)
        if order is not None:
            order.order = json.dumps(said(order) | {"begun": said(order).get("begun", 0) + 1})
            order.done, order.due_at = 0, clock.now() + SILENT_FOR


def still_counting(order_id: int, pots: int = 0) -> None:
    """Say that somebody is at it, and that so many more pots are counted."""
    with transaction.deed() as session:
        order = session.get(Job, order_id, with_for_update=True)
        if order is not None:
            order.done, order.due_at = order.done + pots, clock.now() + SILENT_FOR


def give_up(order_id: int, turn: str) -> None:
    """Say at once that an opening failed: nothing has happened, and it may be begun anew."""
    with transaction.deed() as session:
        of_turn(session, order_id, turn).due_at = clock.now() - SILENT_FOR
