"""What was counted, as it is kept: read by every page about a result."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from budgeting.models import Area, BudgetRound, Count, Pot, Voter
from budgeting.rulebook import voters
from budgeting.rulebook.rules import Rulebook


def of_round(session: Session, budget_round: BudgetRound) -> list[Count]:
    """Return the counts of the round's pots, in the pots' order."""
    return list(
        session.scalars(
            select(Count).join(Pot).where(Pot.round_id == budget_round.id).order_by(Pot.id)
        )
    )


def entitled(session: Session, pot: Pot, rulebook: Rulebook) -> int:
    """Return how many people on the roll have a ballot in the pot.

    Those born on the same day in the same area are asked about once: a town's roll is long.
    """
    rule = next(one for one in rulebook.pots if one.name == pot.name)
    alike = session.execute(
        select(Voter.birth_date, Area.name, func.count())
        .outerjoin(Area, Area.id == Voter.area_id)
        .where(Voter.round_id == pot.round_id)
        .group_by(Voter.birth_date, Area.name)
    )
    return sum(
        people
        for birth_date, area, people in alike
        if voters.may_vote_about(rulebook, rule, birth_date=birth_date, area=area)
    )
