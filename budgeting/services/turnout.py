"""How many have voted: numbers only, and only after voting has closed."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from budgeting.models import BudgetRound, Envelope, Pot
from budgeting.rulebook.rules import SMALLEST_GROUP, Rulebook
from budgeting.services import boxes, counts, paper_marks, rounds

FEWEST_SHOWN = SMALLEST_GROUP


@dataclass(frozen=True)
class PotTurnout:
    """How many ballots were handed in for a pot, of how many that could have been.

    Those on paper are among the handed in.
    """

    pot: Pot
    handed_in: int
    entitled: int
    on_paper: int = 0

    @property
    def is_few(self) -> bool:
        """Whether the number is so small that it could point at somebody."""
        return 0 < self.handed_in < FEWEST_SHOWN


def turnout_of(session: Session, budget_round: BudgetRound) -> list[PotTurnout]:
    """Return the turnout of each pot that has a box; as counted, or from the sealed envelopes."""
    counted = {count.pot_id: count for count in counts.of_round(session, budget_round)}
    if counted:
        return [
            PotTurnout(
                count.pot,
                count.envelopes_in + count.on_paper,
                count.voters_entitled,
                count.on_paper,
            )
            for count in counted.values()
        ]
    rulebook = rounds.rulebook_of(session, budget_round)
    pots = [session.get_one(Pot, box.pot_id) for box in boxes.boxes_of(session, budget_round)]
    return [_so_far(session, pot, rulebook) for pot in pots]


def _so_far(session: Session, pot: Pot, rulebook: Rulebook) -> PotTurnout:
    on_paper = paper_marks.number_in(session, pot)
    handed_in = _envelopes_in(session, pot) + on_paper
    return PotTurnout(pot, handed_in, counts.entitled(session, pot, rulebook), on_paper)


def _envelopes_in(session: Session, pot: Pot) -> int:
    inside = select(func.count()).select_from(Envelope).where(Envelope.pot_id == pot.id)
    return session.scalar(inside) or 0
