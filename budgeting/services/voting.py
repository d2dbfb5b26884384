"""A voter hands in a ballot: checked, sealed and laid in the box in one transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from budgeting.extensions import db
from budgeting.models import BallotBox, BudgetRound, Envelope, HandedInForm, Pot, Project, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook import ballots, voters
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.rules import Rulebook
from budgeting.services import booth_entry, boxes, envelopes, rounds, transaction
from budgeting.vocabulary import N_, Role

enter = booth_entry.enter


class NotYourPot(Refusal):
    """The voter has no ballot in the pot."""

    message = N_("Du har ikke en stemmeseddel til den pulje. Se, hvad du kan stemme om.")


@dataclass(frozen=True)
class HandedIn:
    """That a voter's ballot is in the box: since when, to the minute, and its receipt."""

    at: datetime
    receipt: str


def pots_of(voter: Voter) -> tuple[Pot, ...]:
    """Return the pots with a ballot for the voter, by age and area, in the round's order."""
    return _pots_of(db.session(), voter, rulebook_of(voter))


def pot_of(voter: Voter, pot_id: int) -> Pot:
    """Return the voter's pot with this id; raises NotYourPot for any other."""
    for pot in pots_of(voter):
        if pot.id == pot_id:
            return pot
    raise NotYourPot()


def rulebook_of(voter: Voter) -> Rulebook:
    """Return the frozen rules of the voter's round."""
    session = db.session()
    return rounds.rulebook_of(session, _round_of(session, voter))


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


def refuse_unless_valid(voter: Voter, pot: Pot, choices: Sequence[str]) -> None:
    """Ask the rulebook whether these choices may be handed in, before they are."""
    ballots.check(choices, rulebook_of(voter).ballot, _ballot_ids_of(db.session(), pot))


def cast(*, voter: Voter, pot: Pot, choices: Sequence[str], form_nonce: str, now: datetime) -> str:
    """Hand in a ballot and return its receipt; the last one handed in counts.

    The same form sent again gives the receipt it gave the first time, and changes nothing.
    """
    with transaction.deed() as session:
        budget_round = _round_of(session, voter)
        rounds.permit(
            Deed.CAST_BALLOT, roles=frozenset({Role.VOTER}), budget_round=budget_round, now=now
        )
        rulebook = rounds.rulebook_of(session, budget_round)
        if pot not in _pots_of(session, voter, rulebook):
            raise NotYourPot()
        ballots.check(choices, rulebook.ballot, _ballot_ids_of(session, pot))
        sealed = envelopes.seal(session, pot, rulebook, choices)
        return _hand_in(session, voter, pot, _HandIn(sealed, form_nonce, now))


@dataclass(frozen=True, repr=False)
class _HandIn:
    sealed: bytes
    form_nonce: str
    now: datetime


def _hand_in(session: Session, voter: Voter, pot: Pot, handed: _HandIn) -> str:
    box = envelopes.box_in_turn(session, pot)
    form_hash = _form_hash(handed.form_nonce, voter, pot)
    known = session.get(HandedInForm, form_hash)
    if known is not None:
        return known.receipt
    receipt = envelopes.put_in(
        session, box, voter_id=voter.id, sealed=handed.sealed, now=handed.now
    )
    session.add(HandedInForm(form_hash=form_hash, receipt=receipt))
    return receipt


def _form_hash(nonce: str, voter: Voter, pot: Pot) -> str:
    return hashlib.sha256(f"{nonce}|{voter.id}|{pot.id}".encode()).hexdigest()


def _round_of(session: Session, voter: Voter) -> BudgetRound:
    return session.get_one(BudgetRound, voter.round_id)


def _pots_of(session: Session, voter: Voter, rulebook: Rulebook) -> tuple[Pot, ...]:
    area = voter.area.name if voter.area else None
    names = {
        pot.name
        for pot in rulebook.pots
        if voters.may_vote_about(rulebook, pot, birth_date=voter.birth_date, area=area)
    }
    with_box = select(Pot).join(BallotBox, BallotBox.pot_id == Pot.id)
    pots = session.scalars(with_box.where(Pot.round_id == voter.round_id).order_by(Pot.id))
    return tuple(pot for pot in pots if pot.name in names)


def _ballot_ids_of(session: Session, pot: Pot) -> list[str]:
    return [project.ballot_id for project in boxes.projects_of(session, pot)]
