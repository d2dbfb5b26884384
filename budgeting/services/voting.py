"""A voter hands in a ballot: checked, sealed and laid in the box in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from budgeting.extensions import db
from budgeting.models import Envelope, Pot, Project, Voter
from budgeting.rulebook import ballots
from budgeting.rulebook.rules import Rulebook
from budgeting.services import booth_entry, fixed_rounds, handing_in, key_guard, paper_marks
from budgeting.services.fixed_rounds import FixedRound
from budgeting.services.handing_in import Filled, Kept, NotYourPot, RollChanged

__all__ = ["Filled", "FixedRound", "Kept", "NotYourPot", "RollChanged"]

enter = booth_entry.enter

hand_in = handing_in.hand_in


@dataclass(frozen=True)
class HandedIn:
    """That a voter's ballot is in the box: since when, to the minute, and its receipt."""

    at: datetime
    receipt: str


def pots_of(voter: Voter) -> tuple[Pot, ...]:
    """Return the pots with a ballot for the voter, by age and area, in the round's order."""
    return tuple(db.session.scalars(select(Pot).where(Pot.id.in_(_ids_of(voter))).order_by(Pot.id)))


def pot_of(voter: Voter, pot_id: int) -> Pot:
    """Return the voter's pot with this id; raises NotYourPot for any other."""
    if pot_id not in _ids_of(voter):
        raise NotYourPot()
    return db.session.get_one(Pot, pot_id)


def fixed_for(voter: Voter) -> FixedRound:
    """Return what is fixed about the voter's round."""
    return fixed_rounds.of(db.session(), voter.round_id)


def rulebook_of(voter: Voter) -> Rulebook:
    """Return the frozen rules of the voter's round."""
    return fixed_for(voter).rulebook


def _ids_of(voter: Voter) -> tuple[int, ...]:
    fixed = fixed_for(voter)
    return fixed.pots_for(voter.birth_date, voter.area_id)


def has_voted_on_paper(voter: Voter, pot: Pot) -> bool:
    """Whether the voter has voted on paper in the pot, so that nothing is handed in here."""
    return paper_marks.is_marked(db.session(), voter, pot)


def projects_of(pot: Pot) -> list[Project]:
    """Return the projects on the pot's ballot, in no order that means anything."""
    return list(
        db.session.scalars(
            select(Project).where(Project.pot_id == pot.id).options(joinedload(Project.area))
        )
    )


def state_of(voter: Voter, pot: Pot) -> HandedIn | None:
    """Return that the voter has handed in a ballot in this pot, or None: not yet."""
    envelope = db.session.get(Envelope, (pot.id, voter.id))
    return HandedIn(envelope.handed_in_at, envelope.receipt) if envelope else None


def refuse_unless_valid(
    voter: Voter, pot: Pot, choices: Sequence[str], points: Sequence[int] | None = None
) -> None:
    """Ask whether these choices may be handed in, before they are."""
    paper_marks.refuse_if_marked(db.session(), voter, pot)
    fixed = fixed_for(voter)
    key_guard.refuse_swapped(fixed, pot.id)
    ballots.check(choices, fixed.rulebook.ballot, fixed.pots[pot.id].paper, points)


def cast(  # noqa: PLR0913 - points belong to the choices, as they stand on every ballot
    *,
    voter: Voter,
    pot: Pot,
    choices: Sequence[str],
    form_nonce: str,
    now: datetime,
    points: Sequence[int] | None = None,
) -> str:
    """Hand in a ballot and return its receipt; the last one handed in counts.

    ``points`` stand beside the choices where the ballot has them.
    The same form sent again gives the receipt it gave the first time, and changes nothing.
    """
    return hand_in(voter, pot.id, Filled(choices, points, form_nonce), now).receipt
