"""Looks at a draft: what has been set up, and what is missing before it may open."""

from datetime import datetime

from sqlalchemy import func, select

from budgeting.extensions import db
from budgeting.models import Account, AccountRole, BudgetRound, Voter
from budgeting.rulebook import readiness
from budgeting.rulebook.readiness import Missing, Preparation
from budgeting.services import boxes, pair_trials
from budgeting.vocabulary import Role


def missing_before_opening(budget_round: BudgetRound, now: datetime) -> tuple[Missing, ...]:
    """Return everything that stands between this draft and an opened round."""
    return readiness.missing_before_opening(preparation_of(budget_round), now)


def preparation_of(budget_round: BudgetRound) -> Preparation:
    """Return what has been set up so far, as the rulebook asks for it."""
    keys = boxes.officer_keys(db.session(), budget_round)
    return Preparation(
        has_texts=bool(budget_round.summary and budget_round.introduction),
        areas=len(budget_round.areas),
        pots=len(budget_round.pots),
        min_age=budget_round.min_age,
        ways_in=budget_round.ways_in,
        ballot_type=budget_round.ballot_type,
        min_choices=budget_round.min_choices,
        max_choices=budget_round.max_choices,
        rule=budget_round.rule,
        utility=budget_round.utility,
        completion=budget_round.completion,
        ties=budget_round.ties,
        timetable={name: getattr(budget_round, name) for name in readiness.TIMETABLE_ORDER},
        voters=voters_on_roll(budget_round),
        officers=budget_round.officers,
        keys_made=len(keys),
        keys_tested=sum(key.tested_at is not None for key in keys),
        pairs_tested=len(pair_trials.tried(db.session(), budget_round)),
        frame_decision=budget_round.frame_decision,
    )


def voters_on_roll(budget_round: BudgetRound) -> int:
    """Return how many people may vote."""
    on_roll = select(func.count()).where(Voter.round_id == budget_round.id)
    return db.session.scalar(on_roll) or 0


def officers() -> list[Account]:
    """Return everyone who may make a key."""
    officers_of_house = (
        select(Account)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(AccountRole.role == Role.OFFICER)
        .order_by(Account.name)
    )
    return list(db.session.scalars(officers_of_house))
