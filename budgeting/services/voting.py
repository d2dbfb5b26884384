"""A voter hands in a ballot: checked, sealed and laid in the box in one transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, exists, insert, select
from sqlalchemy.orm import Session, joinedload

from budgeting.extensions import db
from budgeting.models import (
    BallotBox,
    BudgetRound,
    Envelope,
    HandedInForm,
    PaperMark,
    Pot,
    Project,
    RulebookVersion,
    Voter,
)
from budgeting.refusals import EditedMeanwhile, Refusal
from budgeting.rulebook import ballots, voters
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.rules import Rulebook
from budgeting.services import booth_entry, envelopes, fixed_pots, paper_marks, rounds, transaction
from budgeting.vocabulary import N_, Role

enter = booth_entry.enter

STANDING = (
    select(Envelope.receipt)
    .where(Envelope.pot_id == bindparam("pot_id"))
    .where(Envelope.voter_id == bindparam("voter_id"))
)
NEWEST_FINGERPRINT = (
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
NOW_TRUE = select(
    ON_PAPER, NEWEST_FINGERPRINT.scalar_subquery(), Voter.area_id, Voter.birth_date
).where(Voter.id == bindparam("voter_id"))
KNOWN_FORM = select(HandedInForm.receipt).where(HandedInForm.form_hash == bindparam("form_hash"))


class NotYourPot(Refusal):
    """The voter has no ballot in the pot."""

    message = N_("Du har ikke en stemmeseddel til den pulje. Se, hvad du kan stemme om.")


class RollChanged(EditedMeanwhile):
    """The voter, or the rules, are not what they were when the ballot was filled in."""

    message = N_(
        "Kommunen har lige rettet dine oplysninger på valglisten. Din stemme blev ikke afleveret. "
        "Se dine stemmesedler, og stem igen."
    )


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


def is_standing(receipt: str, voter_id: int, pot_id: int) -> bool:
    """Whether this is the receipt of the envelope in the box, and no later one took its place."""
    given = {"voter_id": voter_id, "pot_id": pot_id}
    return db.session().connection().scalar(STANDING, given) == receipt


def refuse_unless_valid(
    voter: Voter, pot: Pot, choices: Sequence[str], points: Sequence[int] | None = None
) -> None:
    """Ask whether these choices may be handed in, before they are."""
    paper_marks.refuse_if_marked(db.session(), voter, pot)
    frozen = rounds.frozen_rules(db.session(), voter.round_id)
    fixed = fixed_pots.of(db.session(), pot, frozen.fingerprint)
    ballots.check(choices, frozen.rulebook.ballot, fixed.paper, points)


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
    What takes time is done before the box's turn is taken: others wait for it.
    """
    handed = _sealed(db.session(), voter, pot, (choices, points), now)
    form_hash = _form_hash(form_nonce, voter, pot)
    with transaction.deed() as session:
        return _hand_in(session, handed, form_hash)


_Filled = tuple[Sequence[str], Sequence[int] | None]


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
    seen: _AsSeen
    sealed: bytes
    now: datetime


def _sealed(session: Session, voter: Voter, pot: Pot, filled: _Filled, now: datetime) -> _HandIn:
    choices, points = filled
    budget_round = _round_of(session, voter)
    rounds.permit(
        Deed.CAST_BALLOT, roles=frozenset({Role.VOTER}), budget_round=budget_round, now=now
    )
    frozen = rounds.frozen_rules(session, voter.round_id)
    if pot not in _pots_of(session, voter, frozen.rulebook):
        raise NotYourPot()
    fixed = fixed_pots.of(session, pot, frozen.fingerprint)
    ballots.check(choices, frozen.rulebook.ballot, fixed.paper, points)
    sealed = envelopes.seal(fixed, frozen.rulebook, choices, points)
    seen = _AsSeen(frozen.fingerprint, voter.area_id, voter.birth_date)
    return _HandIn(voter.id, pot.id, seen, sealed, now)


def _hand_in(session: Session, handed: _HandIn, form_hash: str) -> str:
    """Lay the envelope in the box, unless the form was handed in before.

    The voting is still open as long as the box is not sealed and the rules are the same.
    """
    box = envelopes.box_in_turn(session, handed.pot_id)
    of_voter = {"pot_id": handed.pot_id, "voter_id": handed.voter_id}
    now_true = session.execute(NOW_TRUE, of_voter).one_or_none()
    if now_true is None or _AsSeen(*now_true[1:]) != handed.seen:
        raise RollChanged()
    if now_true[0]:
        raise paper_marks.VotedOnPaper()
    known = session.scalar(KNOWN_FORM, {"form_hash": form_hash})
    if known is not None:
        return known
    receipt = envelopes.put_in(
        session, box, voter_id=handed.voter_id, sealed=handed.sealed, now=handed.now
    )
    session.connection().execute(insert(HandedInForm), {"form_hash": form_hash, "receipt": receipt})
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
