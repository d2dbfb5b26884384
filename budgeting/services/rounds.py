"""What every deed needs to know of a round: its rules, its phase, its pots."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from budgeting.models import BudgetRound, RulebookVersion
from budgeting.rulebook import deeds, phases, rules
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.rules import Rulebook
from budgeting.vocabulary import Phase, Role

NEWEST_RULES = (
    select(RulebookVersion.canonical_json, RulebookVersion.fingerprint)
    .where(RulebookVersion.round_id == bindparam("round_id"))
    .order_by(RulebookVersion.number.desc())
    .limit(1)
)


@dataclass(frozen=True)
class FrozenRules:
    """The rules in force, and their fingerprint."""

    rulebook: Rulebook
    fingerprint: str


def rulebook_of(session: Session, budget_round: BudgetRound) -> Rulebook:
    """Return the frozen rulebook of an opened round."""
    return frozen_rules(session, budget_round.id).rulebook


def frozen_rules(session: Session, round_id: int) -> FrozenRules:
    """Return the rules in force; only an opened round has them."""
    text, fingerprint = session.execute(NEWEST_RULES, {"round_id": round_id}).one()
    return FrozenRules(_read(text), fingerprint)


@lru_cache(maxsize=16)
def _read(text: str) -> Rulebook:
    """Read rules from their canonical form; the same text is always the same rules."""
    return rules.from_json(text)


def frozen_version(session: Session, budget_round: BudgetRound) -> RulebookVersion:
    """Return the rulebook version in force; only an opened round has one."""
    newest = select(func.max(RulebookVersion.number)).where(
        RulebookVersion.round_id == budget_round.id
    )
    return session.scalars(
        select(RulebookVersion)
        .where(RulebookVersion.round_id == budget_round.id)
        .where(RulebookVersion.number == newest.scalar_subquery())
    ).one()


def phase_of(budget_round: BudgetRound, now: datetime) -> Phase:
    """Return the phase of a round at this moment.

    The timetable's columns are frozen with the rulebook, so they are asked directly.
    """
    if budget_round.opened_at is None:
        return Phase.DRAFT
    return phases.phase_at(timetable_of(budget_round), _deeds_done(budget_round), now)


def timetable_of(budget_round: BudgetRound) -> rules.Timetable:
    """Return the timetable of a round whose dates have all been set."""
    moments = {name: getattr(budget_round, name) for name in rules.Timetable.__annotations__}
    return rules.Timetable(**moments)


def permit(deed: Deed, *, roles: frozenset[Role], budget_round: BudgetRound, now: datetime) -> None:
    """Refuse a deed that these roles may not do, or not in the round's phase."""
    deeds.check(deed, roles, phase_of(budget_round, now))


def lock(session: Session, budget_round: BudgetRound) -> None:
    """Read the round as it is now and hold it, so that a deed done once is not done twice."""
    session.refresh(budget_round, with_for_update={"of": BudgetRound})


def _deeds_done(budget_round: BudgetRound) -> phases.DeedsDone:
    return phases.DeedsDone(
        opened=budget_round.opened_at is not None,
        screening_finished=budget_round.screening_finished_at is not None,
        published=budget_round.published_at is not None,
        adopted=budget_round.adopted_at is not None,
    )
