"""Opens a round: the rules are frozen, fingerprinted and published; nobody changes them after."""

from datetime import datetime

from sqlalchemy import select

from budgeting.models import Account, BudgetRound, RulebookVersion
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, freezing, locked_rules, preparing, transaction
from budgeting.vocabulary import N_


class NotReady(Refusal):
    """Something is missing before the round may open."""

    message = N_("Runden kan ikke åbnes endnu. Se på listen, hvad der mangler.")


def open_round(
    *, by: Account, budget_round: BudgetRound, seen_version: int, now: datetime
) -> RulebookVersion:
    """Freeze the rules of a finished draft and open it; this cannot be undone."""
    with transaction.deed() as session:
        row = select(BudgetRound.id).where(BudgetRound.id == budget_round.id)
        session.execute(row.with_for_update())
        locked_rules.permit_change(
            session, Deed.OPEN_ROUND, by=by, budget_round=budget_round, now=now
        )
        transaction.refuse_if_edited(budget_round, seen_version)
        if preparing.missing_before_opening(budget_round, now):
            raise NotReady()
        version = freezing.freeze(session, budget_round, now)
        audit.record(
            session,
            Deed.OPEN_ROUND,
            by=by,
            now=now,
            budget_round=budget_round,
            fingerprint=version.fingerprint,
        )
    return version
