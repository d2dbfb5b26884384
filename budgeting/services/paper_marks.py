"""Who is marked on the roll as having voted on paper: asked by all that counts or takes votes."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from budgeting.models import PaperMark, Pot, Voter
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_, PaperVotes


class VotedOnPaper(Refusal):
    """The paper vote stands, and nothing is handed in beside it."""

    message = N_(
        "Du har stemt på papir i denne pulje. Den stemme tæller, så du kan ikke også stemme her. "
        "Er det ikke rigtigt, så ring til kommunen."
    )


def is_marked(session: Session, voter: Voter, pot: Pot) -> bool:
    """Whether the voter has voted on paper in the pot.

    That the round has such votes is frozen with the rulebook, so the column is asked directly.
    """
    if pot.budget_round.paper_votes is PaperVotes.NONE:
        return False
    return session.get(PaperMark, (pot.id, voter.id)) is not None


def refuse_if_marked(session: Session, voter: Voter, pot: Pot) -> None:
    """Refuse a voter who has voted on paper."""
    if is_marked(session, voter, pot):
        raise VotedOnPaper()


def number_in(session: Session, pot: Pot) -> int:
    """Return how many have voted on paper in the pot."""
    marks = select(func.count()).select_from(PaperMark).where(PaperMark.pot_id == pot.id)
    return session.scalar(marks) or 0
