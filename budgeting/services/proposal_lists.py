"""Proposals to read: one, the public's list a page at a time, and one person's own."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from budgeting.models import Account, BudgetRound, Proposal

ON_A_PAGE = 24


@dataclass(frozen=True)
class Narrowing:
    """Which of the round's proposals a reader wants to see; None for all."""

    area_id: int | None = None
    pot_id: int | None = None


@dataclass(frozen=True)
class ListPage:
    """One page of the public list, newest first."""

    proposals: list[Proposal]
    total: int
    page: int
    pages: int


def public_page(
    session: Session, budget_round: BudgetRound, narrowing: Narrowing, page: int
) -> ListPage:
    """Return a page of the proposals that stand; a page past the end is the last one."""
    wanted = _standing(budget_round, narrowing)
    total = session.scalar(wanted.with_only_columns(func.count())) or 0
    pages = max(1, -(-total // ON_A_PAGE))
    shown = min(max(page, 1), pages)
    found = session.scalars(
        wanted.options(*_all_that_is_shown())
        .order_by(Proposal.submitted_at.desc(), Proposal.id.desc())
        .offset((shown - 1) * ON_A_PAGE)
        .limit(ON_A_PAGE)
    )
    return ListPage(list(found), total, shown, pages)


def count_standing(session: Session, budget_round: BudgetRound) -> int:
    """Return how many proposals the round has now; those withdrawn do not count."""
    return session.scalar(_standing(budget_round, Narrowing()).with_only_columns(func.count())) or 0


def find(session: Session, budget_round: BudgetRound, proposal_id: int) -> Proposal | None:
    """Return a proposal of the round, withdrawn or not."""
    return session.scalar(
        select(Proposal)
        .where(Proposal.id == proposal_id, Proposal.round_id == budget_round.id)
        .options(*_all_that_is_shown())
    )


def own(session: Session, author: Account) -> list[Proposal]:
    """Return everything a person has proposed, in every round, newest first."""
    return list(
        session.scalars(
            select(Proposal)
            .where(Proposal.author_id == author.id)
            .options(*_all_that_is_shown())
            .order_by(Proposal.submitted_at.desc(), Proposal.id.desc())
        )
    )


def _standing(budget_round: BudgetRound, narrowing: Narrowing) -> Select[Proposal]:
    wanted = select(Proposal).where(
        Proposal.round_id == budget_round.id, Proposal.withdrawn_at.is_(None)
    )
    if narrowing.area_id is not None:
        wanted = wanted.where(Proposal.area_id == narrowing.area_id)
    if narrowing.pot_id is not None:
        wanted = wanted.where(Proposal.pot_id == narrowing.pot_id)
    return wanted


def _all_that_is_shown() -> tuple:  # type: ignore[type-arg]  # loader options have no public type
    return (
        joinedload(Proposal.budget_round),
        joinedload(Proposal.pot),
        joinedload(Proposal.area),
        joinedload(Proposal.screening),
    )
