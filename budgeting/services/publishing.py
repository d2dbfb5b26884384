"""Publishing the result: from here everyone sees it, and the council may decide."""

from datetime import datetime

from budgeting.models import Account, BudgetRound
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, bundle_orders, rounds, transaction
from budgeting.vocabulary import N_


class NotCountedYet(Refusal):
    """There is no result to publish."""

    message = N_("Stemmerne er ikke talt op endnu. Tæl dem først.")


class AlreadyPublished(Refusal):
    """A result is published once."""

    message = N_("Resultatet er allerede offentliggjort.")


def publish(*, by: Account, budget_round: BudgetRound, now: datetime) -> None:
    """Show the recommended list to everyone."""
    with transaction.deed() as session:
        rounds.lock(session, budget_round)
        if budget_round.published_at:
            raise AlreadyPublished()
        rounds.permit(Deed.PUBLISH_RESULT, roles=by.roles, budget_round=budget_round, now=now)
        if budget_round.counted_at is None:
            raise NotCountedYet()
        budget_round.published_at = now
        bundle_orders.order(session, budget_round, by_id=by.id, now=now)
        audit.record(session, Deed.PUBLISH_RESULT, by=by, now=now, budget_round=budget_round)
