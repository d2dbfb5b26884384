"""Sealing the ballot boxes after closing: two people confirm, and then nothing can be added."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from budgeting.models import Account, BallotBox, BudgetRound, Envelope, Pot, SealConfirmation
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import (
    audit,
    board_heads,
    booth_passes,
    boxes,
    paper_marks,
    rounds,
    transaction,
)
from budgeting.vocabulary import N_, Role

PEOPLE_NEEDED = 2


class AlreadySealed(Refusal):
    """A box is sealed once."""

    message = N_("Urnen er allerede forseglet. I kan gå videre til at tælle.")


class AlreadyConfirmed(Refusal):
    """Two people are two different people."""

    message = N_("Du har allerede bekræftet. Nu skal en anden bekræfte fra sin egen konto.")


class OfficerMissing(Refusal):
    """Administrators do not seal without an officer."""

    message = N_("Mindst én af de to skal være nøgleperson. Bed en nøgleperson om at bekræfte.")


def confirm(*, by: Account, budget_round: BudgetRound, now: datetime) -> bool:
    """Confirm that the boxes may be sealed; the second one to confirm seals them.

    Returns whether the boxes are sealed now.
    """
    with transaction.deed() as session:
        rounds.lock(session, budget_round)
        rounds.permit(Deed.SEAL_BALLOT_BOX, roles=by.roles, budget_round=budget_round, now=now)
        if budget_round.sealed_at:
            raise AlreadySealed()
        people = [one.account for one in confirmations(session, budget_round)]
        if by.id in {person.id for person in people}:
            raise AlreadyConfirmed()
        people.append(by)
        is_enough = len(people) >= PEOPLE_NEEDED
        if is_enough and not any(Role.OFFICER in person.roles for person in people):
            raise OfficerMissing()
        session.add(SealConfirmation(round_id=budget_round.id, account_id=by.id, confirmed_at=now))
        audit.record(session, "confirm_sealing", by=by, now=now, budget_round=budget_round)
        if is_enough:
            seal(session, by=by, budget_round=budget_round, now=now)
    return is_enough


def confirmations(session: Session, budget_round: BudgetRound) -> list[SealConfirmation]:
    """Return who has confirmed so far, the first one first."""
    return list(
        session.scalars(
            select(SealConfirmation)
            .where(SealConfirmation.round_id == budget_round.id)
            .order_by(SealConfirmation.confirmed_at)
        )
    )


def seal(session: Session, *, by: Account, budget_round: BudgetRound, now: datetime) -> None:
    """Close every box of the round for good, inside the deed of the caller."""
    for box in boxes.boxes_of(session, budget_round):
        _seal_box(session, box, now)
    booth_passes.forget(session, budget_round)
    budget_round.sealed_at = now
    numbers = [numbers_of(session, box) for box in boxes.boxes_of(session, budget_round)]
    audit.record(
        session,
        Deed.SEAL_BALLOT_BOX,
        by=by,
        now=now,
        budget_round=budget_round,
        board=sum(one.board for one in numbers),
        envelopes=sum(one.envelopes for one in numbers),
        on_paper=sum(one.on_paper for one in numbers) or None,
    )


@dataclass(frozen=True)
class BoxNumbers:
    """What is in a box: lines on its board, envelopes that will be opened, votes on paper."""

    board: int
    envelopes: int
    on_paper: int


def numbers_of(session: Session, box: BallotBox) -> BoxNumbers:
    """Return how much is in the box, as told when it is sealed."""
    inside = select(func.count()).select_from(Envelope).where(Envelope.pot_id == box.pot_id)
    on_paper = paper_marks.number_in(session, session.get_one(Pot, box.pot_id))
    return BoxNumbers(box.board_size, session.scalar(inside) or 0, on_paper)


def _seal_box(session: Session, box: BallotBox, now: datetime) -> None:
    """Close a box for good; the row is locked first, so a vote under way is in or is refused.

    The board gets its last signed head here, and a board that is not what earlier heads
    said stops the count.
    """
    session.refresh(box, with_for_update=True)
    box.board_root = board_heads.publish_last(session, box, now)
    box.sealed_at = now
