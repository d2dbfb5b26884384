"""A round's boxes are opened with the officers' keys, and what was in them is kept for the count."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from budgeting import clock
from budgeting.ballotbox.officer_keys import PrivateKey
from budgeting.extensions import db
from budgeting.models import Account, Ballot, Job, Pot
from budgeting.services import audit, boxes, count_orders, opening_box, rounds, transaction
from budgeting.services.opening_box import OpenedBox

ROWS_AT_A_TIME = 2_000


def open_all(order_id: int, turn: str, keys: Mapping[int, PrivateKey]) -> None:
    """Open every box of the order's round, keep the nameless ballots, and have them counted."""
    try:
        keep(order_id, turn, _opened(order_id, turn, keys))
    except Exception:
        db.session.rollback()
        count_orders.give_up(order_id, turn)
        raise


def keep(
    order_id: int, turn: str, opened: Sequence[OpenedBox], elsewhere: str | None = None
) -> None:
    """Keep what came out; ``elsewhere`` is the fingerprint of the opening on another machine.

    The ballots are laid down some at a time, so that votes in other rounds have their turns
    between; they are nothing before the last deed says that all of them are there.
    """
    for box in opened:
        _lay_down(order_id, turn, box)
    with transaction.deed() as session:
        order = count_orders.of_turn(session, order_id, turn)
        pots = {box.pot_id: box.envelopes_in for box in opened}
        count_orders.opened(order, {"pots": pots, "elsewhere": elsewhere}, len(pots))
        audit.record(
            session,
            "open_ballot_box",
            by=session.get_one(Account, order.account_id),
            now=clock.now(),
            budget_round=order.budget_round,
            envelopes_in=sum(pots.values()),
            ballots_out=sum(len(box.ballots) for box in opened),
            **_words(sum((Counter(box.refused) for box in opened), Counter())),
            **({"opened_elsewhere": elsewhere} if elsewhere else {}),
        )


def _opened(order_id: int, turn: str, keys: Mapping[int, PrivateKey]) -> list[OpenedBox]:
    session: Session = db.session()
    budget_round = session.get_one(Job, order_id).budget_round
    rule = rounds.rulebook_of(session, budget_round).ballot
    pot_ids = [box.pot_id for box in boxes.boxes_of(session, budget_round)]
    return [
        opening_box.open_box(
            session,
            session.get_one(Pot, pot_id),
            rule,
            keys,
            lambda envelopes: _tell(order_id, turn, envelopes),
        )
        for pot_id in pot_ids
    ]


def _tell(order_id: int, turn: str, envelopes: int) -> None:
    """Say how far it is; where the database has no time for that, the opening goes on."""
    try:
        count_orders.still_opening(order_id, turn, envelopes)
    except OperationalError:
        db.session.rollback()


def _lay_down(order_id: int, turn: str, box: OpenedBox) -> None:
    """Lay the rows down in the order of their random ids."""
    for first in range(0, len(box.ballots), ROWS_AT_A_TIME):
        rows = [one.row(box.pot_id) for one in box.ballots[first : first + ROWS_AT_A_TIME]]
        with transaction.deed() as session:
            count_orders.of_turn(session, order_id, turn)
            session.execute(insert(Ballot), rows)


def _words(refused: Counter[str]) -> dict[str, str]:
    """Return why envelopes were refused, where any were: ``2 EnvelopeTampered, 1 LaidInTwice``."""
    told = ", ".join(f"{times} {reason}" for reason, times in sorted(refused.items()))
    return {"refused": told} if told else {}
