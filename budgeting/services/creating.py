"""Creates a round: a title is enough to begin; the rest is set up in its own time."""

from datetime import datetime

from sqlalchemy import select

from budgeting.models import Account, BudgetRound, Municipality
from budgeting.refusals import Refusal
from budgeting.rulebook import deeds, officers
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, slugs, transaction
from budgeting.vocabulary import N_


class NoMunicipality(Refusal):
    """The platform does not know yet whose rounds these are."""

    message = N_("Skriv først kommunens navn under „Kommunen“. Så kan du oprette runder.")


def create_round(*, by: Account, title: str, now: datetime) -> BudgetRound:
    """Make a draft with an address of its own."""
    with transaction.deed() as session:
        deeds.check(Deed.CREATE_ROUND, by.roles, phase=None)
        # The municipality's row is the queue: two rounds made at once get two addresses.
        municipality = session.scalar(select(Municipality).with_for_update())
        if municipality is None:
            raise NoMunicipality()
        slug = slugs.free_slug(title, set(session.scalars(select(BudgetRound.slug))))
        budget_round = BudgetRound(
            municipality_id=municipality.id, title=title, slug=slug, officers=officers.THREE
        )
        session.add(budget_round)
        session.flush()
        audit.record(session, Deed.CREATE_ROUND, by=by, now=now, budget_round=budget_round)
    return budget_round
