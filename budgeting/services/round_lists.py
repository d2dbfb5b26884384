"""Rounds to read about: every round that is open to the public, with what stands in each."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from budgeting.models import BudgetRound, Pot, Project, Proposal
from budgeting.services import rounds
from budgeting.vocabulary import Phase


@dataclass(frozen=True)
class ListedRound:
    """A round with its phase and how much there is to read in it; projects by pot."""

    budget_round: BudgetRound
    phase: Phase
    proposals: int
    projects_of_pots: dict[int, int] = field(default_factory=dict)

    @property
    def projects(self) -> int:
        """Return how many projects stand on the round's ballots."""
        return sum(self.projects_of_pots.values())

    @property
    def longest_ballot(self) -> int:
        """Return how many projects stand on the longest ballot; 0 while there are none."""
        return max(self.projects_of_pots.values(), default=0)

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
    ).all()
    proposals = dict(session.execute(_proposals()).all())
    projects = dict(session.execute(_projects()).all())
    return [_listed(one, proposals, projects, now) for one in opened]


def listed(session: Session, budget_round: BudgetRound, now: datetime) -> ListedRound:
    """Return one round with how much there is to read in it."""
    proposals = session.execute(_proposals().where(Proposal.round_id == budget_round.id))
    projects = session.execute(_projects().where(Project.round_id == budget_round.id))
    return _listed(budget_round, dict(proposals.all()), dict(projects.all()), now)


def _listed(
    one: BudgetRound, proposals: dict[int, int], projects: dict[int, int], now: datetime
) -> ListedRound:
    return ListedRound(
        budget_round=one,
        phase=rounds.phase_of(one, now),
        proposals=proposals.get(one.id, 0),
        projects_of_pots={pot.id: projects.get(pot.id, 0) for pot in one.pots},
    )


def _proposals() -> Select[int, int]:
    """How many proposals stand in each round."""
    return (
        select(Proposal.round_id, func.count())
        .where(Proposal.withdrawn_at.is_(None))
        .group_by(Proposal.round_id)
    )


def _projects() -> Select[int, int]:
    """How many projects stand in each pot."""
    return select(Project.pot_id, func.count()).group_by(Project.pot_id)
