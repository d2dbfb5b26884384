"""The counting deed: seal the box, open it with the officers' keys, and have the ballots counted.

Sealing is a transaction of its own, so that nothing can be added while the box is opened; what
came out is stored together in one, and counted from there beside the pages (``count_jobs``).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from budgeting.ballotbox import sealing
from budgeting.ballotbox.officer_keys import PrivateKey
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, Envelope, Pot
from budgeting.refusals import Refusal
from budgeting.rulebook import officers
from budgeting.rulebook.deeds import Deed
from budgeting.services import (
    boxes,
    count_jobs,
    count_orders,
    lending,
    opened_boxes,
    opening_apart,
    rounds,
    sealing_boxes,
    transaction,
)
from budgeting.services.opening_box import OpenedBox
from budgeting.services.pair_trials import NO_FILES
from budgeting.vocabulary import N_

# So few envelopes are opened while one waits: under a second.
OPENED_AT_ONCE = 1_000


class NoKeyForBox(Refusal):
    """Nobody has made a key to the box."""

    message = N_("Der er ingen nøgle til stemmeurnen. Den skulle være lavet, før runden åbnede.")


class NotSealedYet(Refusal):
    """A box is opened only after two people have sealed it."""

    message = N_("Urnen skal forsegles, før den kan åbnes. To personer skal bekræfte det.")


def order(
    *,
    by: Account,
    budget_round: BudgetRound,
    passphrases: Mapping[int, str],
    now: datetime,
    key_files: Mapping[int, str] = NO_FILES,
) -> None:
    """Open every pot's box and order the count; a town's box is opened by a process of its own.

    ``passphrases`` holds those of the officers who lend their keys, under the keys' numbers.
    """
    keys = _unlock(by, budget_round, passphrases, key_files, now)
    order_id, turn, envelopes = _seal_and_order(by=by, budget_round=budget_round, now=now)
    if envelopes > OPENED_AT_ONCE:
        opening_apart.start(order_id, turn, keys)
    else:
        opened_boxes.open_all(order_id, turn, keys)


def count(
    *,
    by: Account,
    budget_round: BudgetRound,
    passphrases: Mapping[int, str],
    now: datetime,
    key_files: Mapping[int, str] = NO_FILES,
) -> None:
    """Open and count every pot of the round here and now; the result waits to be published."""
    keys = _unlock(by, budget_round, passphrases, key_files, now)
    order_id, turn, _ = _seal_and_order(by=by, budget_round=budget_round, now=now)
    opened_boxes.open_all(order_id, turn, keys)
    count_jobs.count(order_id, now)


def order_opened(
    *,
    by: Account,
    budget_round: BudgetRound,
    opened: Sequence[OpenedBox],
    fingerprint: str,
    now: datetime,
) -> None:
    """Keep what came out of the boxes on another machine, and order its count."""
    with transaction.deed() as session:
        rounds.lock(session, budget_round)
        rounds.permit(Deed.COUNT_BALLOTS, roles=by.roles, budget_round=budget_round, now=now)
        placed = count_orders.place(session, budget_round, by=by, total=0, now=now)
        order_id, turn = placed.id, count_orders.turn_of(placed)
    opened_boxes.keep(order_id, turn, opened, fingerprint)


def _unlock(
    by: Account,
    budget_round: BudgetRound,
    passphrases: Mapping[int, str],
    key_files: Mapping[int, str],
    now: datetime,
) -> Mapping[int, PrivateKey]:
    """Unlock the lent keys, and see that they open this box, before any transaction is open."""
    rounds.permit(Deed.COUNT_BALLOTS, roles=by.roles, budget_round=budget_round, now=now)
    rulebook = rounds.rulebook_of(db.session(), budget_round)
    keys = boxes.officer_keys(db.session(), budget_round)
    if not keys:
        raise NoKeyForBox()
    locked = lending.locked_keys(keys, passphrases, key_files)
    unlocked = lending.unlock(locked, passphrases)
    sealing.check_keys(unlocked, [key.public_key for key in keys], rulebook.officers_needed)
    return unlocked


def _seal_and_order(
    *, by: Account, budget_round: BudgetRound, now: datetime
) -> tuple[int, str, int]:
    """See that the boxes are sealed; the only officer of a small round seals by counting."""
    with transaction.deed() as session:
        rounds.lock(session, budget_round)
        rounds.permit(Deed.COUNT_BALLOTS, roles=by.roles, budget_round=budget_round, now=now)
        envelopes = _envelopes(session, budget_round)
        placed = count_orders.place(session, budget_round, by=by, total=envelopes, now=now)
        if not budget_round.sealed_at:
            if budget_round.officers != officers.ONE:
                raise NotSealedYet()
            sealing_boxes.seal(session, by=by, budget_round=budget_round, now=now)
        return placed.id, count_orders.turn_of(placed), envelopes


def _envelopes(session: Session, budget_round: BudgetRound) -> int:
    inside = select(func.count()).select_from(Envelope).join(Pot, Pot.id == Envelope.pot_id)
    return session.scalar(inside.where(Pot.round_id == budget_round.id)) or 0
