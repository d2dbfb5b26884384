"""What lies on the caseworkers' desk: proposals that wait, oldest first, and those answered."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from budgeting.models import BudgetRound, Pot, Proposal, Screening
from budgeting.services import screening


@dataclass(frozen=True)
class Queue:
    """A round's proposals, those withdrawn left out, in the order they came."""

    waiting: list[Proposal]
    answered: list[Proposal]

    @property
    def approved(self) -> list[Proposal]:
        """The proposals that will stand on the ballot."""
        return [one for one in self.answered if one.screening and one.screening.is_approval]

    @property
    def rejected(self) -> list[Proposal]:
        """The proposals that were answered with a reason instead."""
        return [one for one in self.answered if one.screening and not one.screening.is_approval]

    def approved_by_pot(self, pots: list[Pot]) -> list[tuple[Pot, int]]:
        """Return how many projects each pot will have; a pot without any is told too."""
        return [(pot, sum(one.pot_id == pot.id for one in self.approved)) for pot in pots]


def queue_of(session: Session, budget_round: BudgetRound) -> Queue:
    """Return the round's proposals with their answers so far."""
    found = session.scalars(
        screening.standing_proposals(budget_round)
        .options(
            joinedload(Proposal.pot),
            joinedload(Proposal.area),
            joinedload(Proposal.author),
            joinedload(Proposal.screening).joinedload(Screening.caseworker),
        )
        .order_by(Proposal.submitted_at, Proposal.id)
    ).all()
    if budget_round.screening_finished_at:
        return Queue(waiting=[], answered=list(found))
    return Queue(
        waiting=[one for one in found if screening.needs_answer(one)],
        answered=[one for one in found if not screening.needs_answer(one)],
    )


def waiting_by_round(session: Session) -> dict[int, int]:
    """Return how many proposals wait for an answer, by round id."""
    waiting = (
        select(Proposal.round_id, func.count().label("waiting"))
        .join(BudgetRound)
        .outerjoin(Screening)
        .where(BudgetRound.screening_finished_at.is_(None))
        .where(Proposal.withdrawn_at.is_(None))
        .where(or_(Screening.proposal_id.is_(None), Screening.answered_at < Proposal.changed_at))
        .group_by(Proposal.round_id)
    )
    return {row.round_id: row.waiting for row in session.execute(waiting)}
