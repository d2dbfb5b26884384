"""The deed of handing in: all that takes time before the box's turn is taken, the rest in it.

Whoever has a box's turn keeps all others waiting. So the ballot is checked and sealed first, by
what is fixed about the round; in the turn it is only seen that nothing has changed since.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, exists, insert, select
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import BudgetRound, Envelope, HandedInForm, PaperMark, RulebookVersion, Voter
from budgeting.refusals import EditedMeanwhile, Refusal
from budgeting.rulebook import ballots
from budgeting.rulebook.deeds import Deed
from budgeting.services import (
    envelopes,
    fixed_rounds,
    key_guard,
    one_trip,
    paper_marks,
    rounds,
    transaction,
)
from budgeting.services.fixed_rounds import FixedRound
from budgeting.vocabulary import N_, Role

FINGERPRINT = (
    select(RulebookVersion.fingerprint)
    .where(RulebookVersion.round_id == Voter.round_id)
    .order_by(RulebookVersion.number.desc())
    .limit(1)
)
ON_PAPER = (
    exists()
    .where(PaperMark.pot_id == bindparam("pot_id"))
    .where(PaperMark.voter_id == bindparam("voter_id"))
)
KNOWN_FORM = select(HandedInForm.receipt).where(HandedInForm.form_hash == bindparam("form_hash"))
NOW_TRUE = select(
    KNOWN_FORM.scalar_subquery(),
    ON_PAPER,
    FINGERPRINT.scalar_subquery(),
    Voter.area_id,
    Voter.birth_date,
).where(Voter.id == bindparam("voter_id"))
STANDING = (
    select(Envelope.receipt)
    .where(Envelope.pot_id == bindparam("pot_id"))
    .where(Envelope.voter_id == bindparam("voter_id"))
)
KEEP_FORM = insert(HandedInForm)


class NotYourPot(Refusal):
    """The voter has no ballot in the pot."""

    message = N_("Du har ikke en stemmeseddel til den pulje. Se, hvad du kan stemme om.")


class RollChanged(EditedMeanwhile):
    """The voter, or the rules, are not what they were when the ballot was filled in."""

    message = N_(
        "Kommunen har lige rettet dine oplysninger på valglisten. Din stemme blev ikke afleveret. "
        "Se dine stemmesedler, og stem igen."
    )


@dataclass(frozen=True, repr=False)
class Filled:
    """A ballot on its way: what is chosen, with points where the ballot has them."""

    choices: Sequence[str]
    points: Sequence[int] | None
    form_nonce: str


@dataclass(frozen=True)
class Kept:
    """The receipt, and whether its envelope lies in the box: a newer one may have replaced it."""

    receipt: str
    is_standing: bool


@dataclass(frozen=True)
class _AsSeen:
    """What was true of the rules and the voter when the ballot was checked."""

    fingerprint: str
    area_id: int | None
    birth_date: date | None


@dataclass(frozen=True, repr=False)
class _HandIn:
    voter_id: int
    pot_id: int
    form_hash: str
    seen: _AsSeen
    sealed: bytes
    now: datetime


def hand_in(
    voter: Voter, pot_id: int, filled: Filled, now: datetime, fixed: FixedRound | None = None
) -> Kept:
    """Hand in a ballot in one of the voter's pots.

    ``fixed`` is what is fixed about the round, where it has been read for this form already.
    The same form sent again gives the receipt it gave the first time, and changes nothing.
    """
    fixed = fixed or fixed_rounds.of(db.session(), voter.round_id)
    handed = _sealed(db.session(), voter, pot_id, filled, fixed, now)
    with transaction.deed() as session:
        return _in_turn(session, handed)


def _sealed(  # noqa: PLR0913 - all of it is what the form and its moment consist of
    session: Session, voter: Voter, pot_id: int, filled: Filled, fixed: FixedRound, now: datetime
) -> _HandIn:
    budget_round = session.get_one(BudgetRound, voter.round_id)
    rounds.permit(
        Deed.CAST_BALLOT, roles=frozenset({Role.VOTER}), budget_round=budget_round, now=now
    )
    if pot_id not in fixed.pots_for(voter.birth_date, voter.area_id):
        raise NotYourPot()
    key_guard.refuse_swapped(fixed, pot_id)
    rule = fixed.rulebook.ballot
    ballots.check(filled.choices, rule, fixed.pots[pot_id].paper, filled.points)
    sealed = envelopes.seal(fixed, pot_id, filled.choices, filled.points)
    seen = _AsSeen(fixed.fingerprint, voter.area_id, voter.birth_date)
    form_hash = _form_hash(filled.form_nonce, voter.id, pot_id)
    return _HandIn(voter.id, pot_id, form_hash, seen, sealed, now)


def _in_turn(session: Session, handed: _HandIn) -> Kept:
    """Lay the envelope in the box, unless the form was handed in before.

    The voting is still open as long as the box is not sealed and the rules are the same.
    """
    turn = envelopes.box_in_turn(session, handed.pot_id)
    connection = session.connection()
    asked = {name: getattr(handed, name) for name in ("voter_id", "pot_id", "form_hash")}
    found = connection.execute(NOW_TRUE, asked).one_or_none()
    if found is None or _AsSeen(*found[2:]) != handed.seen:
        raise RollChanged()
    known, is_on_paper = found[:2]
    if is_on_paper:
        raise paper_marks.VotedOnPaper()
    if known is not None:
        return Kept(known, connection.scalar(STANDING, asked) == known)
    with one_trip.writes(session):
        receipt = envelopes.put_in(
            session, turn, voter_id=handed.voter_id, sealed=handed.sealed, now=handed.now
        )
        connection.execute(KEEP_FORM, {"form_hash": handed.form_hash, "receipt": receipt})
    return Kept(receipt, is_standing=True)


def _form_hash(nonce: str, voter_id: int, pot_id: int) -> str:
    return hashlib.sha256(f"{nonce}|{voter_id}|{pot_id}".encode()).hexdigest()
