"""Counts the ballots of an opened box, beside the pages; a worker that dies is followed by another.

The count is done in a process that then ends, so that a worker that has counted a town weighs no
more than before. What counts is loaded there: a web worker does without it.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, Count, Job, Pot
from budgeting.rulebook.deeds import Deed
from budgeting.services import apart, audit, boxes, count_orders, rounds, transaction
from budgeting.vocabulary import ReasonKind


def work_on(order_id: int) -> None:
    """Count in a process apart, and say every few seconds that it goes on."""
    count_orders.begin_count(order_id)
    apart.run(
        lambda: count(order_id, clock.now()),
        meanwhile=lambda: count_orders.still_counting(order_id),
    )


def count_ordered(budget_round: BudgetRound, now: datetime) -> None:
    """Count here and now what has been ordered, if anything has."""
    order = count_orders.find(db.session(), budget_round)
    if order is not None:
        count(order.id, now)


def count(order_id: int, now: datetime) -> None:
    """Count every pot and keep the outcomes, once; it was permitted when it was ordered."""
    session: Session = db.session()
    order = session.get(Job, order_id)
    if order is None:
        return
    budget_round, told = order.budget_round, count_orders.said(order)
    counts = [
        _count_of(int(pot_id), envelopes, order_id, now)
        for pot_id, envelopes in told["pots"].items()
    ]
    with transaction.deed() as session:
        rounds.lock(session, budget_round)
        kept = session.get(Job, order_id, with_for_update=True)
        if kept is not None and not budget_round.counted_at:
            _keep(session, budget_round, kept, counts, now)


def _count_of(pot_id: int, envelopes: int, order_id: int, now: datetime) -> Count:
    from budgeting.services import pot_count

    counted = pot_count.of(db.session(), db.session.get_one(Pot, pot_id), envelopes, now)
    count_orders.still_counting(order_id, pots=1)
    return counted


def _keep(
    session: Session, budget_round: BudgetRound, order: Job, counts: list[Count], now: datetime
) -> None:
    """Keep the outcomes in the name of the person who ordered them; the order is carried out."""
    session.add_all(counts)
    for one in counts:
        _note_parts(session, one)
    budget_round.counted_at = now
    elsewhere = count_orders.said(order)["elsewhere"]
    audit.record(
        session,
        Deed.COUNT_BALLOTS,
        by=session.get_one(Account, order.account_id),
        now=now,
        budget_round=budget_round,
        envelopes_in=sum(one.envelopes_in for one in counts),
        ballots_out=sum(one.ballots_valid for one in counts),
        **({"opened_elsewhere": elsewhere} if elsewhere else {}),
    )
    session.delete(order)


def _note_parts(session: Session, count: Count) -> None:
    """Write at each project that got only a part how much it was."""
    parts = {
        ballot_id: reason["granted"]
        for ballot_id, reason in count.outcome["reasons"].items()
        if reason["kind"] == ReasonKind.FUNDED_IN_PART
    }
    for project in boxes.projects_of(session, session.get_one(Pot, count.pot_id)):
        project.granted_oere = parts.get(project.ballot_id)
