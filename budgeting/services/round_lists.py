"""Rounds to read about: every round that is open to the public, with what stands in each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from budgeting.models import BudgetRound, Pot, Project, Proposal
from budgeting.services import rounds
from budgeting.vocabulary import Phase


@dataclass(frozen=True)
class ListedRound:
    """A round with its phase and how much there is to read in it."""

    budget_round: BudgetRound
    phase: Phase
    proposals: int
    projects: int

    @property
    def money_oere(self) -> int:
        """Return what all pots hold together."""
        return sum(pot.budget_limit_oere for pot in self.budget_round.pots)


def public_rounds(session: Session, now: datetime) -> list[ListedRound]:
    """Return every opened round; the number of queries does not grow with the rounds."""
    opened = session.scalars(
        select(BudgetRound)
        .where(BudgetRound.opened_at.is_not(None))
        .options(selectinload(BudgetRound.pots).joinedload(Pot.area))
        .order_by(BudgetRound.id)
    )
    proposals = _proposals_of_rounds(session)
    projects = _projects_of_rounds(session)
    return [
        ListedRound(
            budget_round=one,
            phase=rounds.phase_of(one, now),
            proposals=proposals.get(one.id, 0),
            projects=projects.get(one.id, 0),
        )
        for one in opened
    ]


def _proposals_of_rounds(session: Session) -> dict[int, int]:
    counted = session.execute(
        select(Proposal.round_id, func.count())
        .where(Proposal.withdrawn_at.is_(None))
        .group_by(Proposal.round_id)
    )
    return dict(counted.tuples().all())


def _projects_of_rounds(session: Session) -> dict[int, int]:
    counted = session.execute(select(Project.round_id, func.count()).group_by(Project.round_id))
    return dict(counted.tuples().all())
