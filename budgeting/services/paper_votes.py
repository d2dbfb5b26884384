"""Marks on the roll that a voter has voted on paper, by the same rules as a vote that is cast."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, Envelope, PaperMark, Pot, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import (
    audit,
    code_files,
    envelopes,
    paper_marks,
    rounds,
    transaction,
    voting,
)
from budgeting.vocabulary import N_, PaperVotes


class NoPaperVotes(Refusal):
    """The rulebook has no votes on paper."""

    message = N_("I denne runde kan man ikke stemme på papir. Det står i spillereglerne.")


class MarkedBefore(Refusal):
    """A voter votes on paper once in each pot."""

    field = "roll_number"
    message = N_("Vælgeren er allerede krydset af. Tag ikke imod en papirstemme til.")


class VotedOnline(Refusal):
    """Where the first vote stands, an envelope in the box is not replaced."""

    field = "roll_number"
    message = N_(
        "Vælgeren har stemt på nettet, og den første stemme gælder. Tag ikke imod papirstemmen."
    )


def rule_of(budget_round: BudgetRound) -> PaperVotes:
    """Return what the round's rules say of votes on paper."""
    return rounds.rulebook_of(db.session(), budget_round).paper_votes


def find_voter(roll_number: str, budget_round: BudgetRound) -> Voter:
    """Return the voter whose number it is, as code letters find them too."""
    voter = db.session.scalar(
        select(Voter)
        .where(Voter.round_id == budget_round.id)
        .where(code_files.is_known_as(budget_round, roll_number))
    )
    if voter is None:
        raise code_files.UnknownNumber()
    return voter


def mark(*, by: Account, voter: Voter, pot: Pot, now: datetime) -> None:
    """Mark that the voter votes on paper in the pot; from now on nothing else counts there.

    Where paper replaces, an envelope of the voter's is taken out of the box. Its line stays
    on the board, so nobody can see there who changed to paper.
    """
    with transaction.deed() as session:
        budget_round = session.get_one(BudgetRound, voter.round_id)
        rounds.permit(Deed.MARK_PAPER_VOTE, roles=by.roles, budget_round=budget_round, now=now)
        rule = rounds.rulebook_of(session, budget_round).paper_votes
        if rule is PaperVotes.NONE:
            raise NoPaperVotes()
        voting.pot_of(voter, pot.id)
        envelopes.box_in_turn(session, pot.id)
        _refuse_if_moved(session, voter, pot)
        if paper_marks.is_marked(session, voter, pot):
            raise MarkedBefore()
        replaced = _take_out(session, voter, pot, rule)
        session.add(PaperMark(pot_id=pot.id, voter_id=voter.id, account_id=by.id))
        audit.record(
            session,
            Deed.MARK_PAPER_VOTE,
            by=by,
            now=now,
            budget_round=budget_round,
            pot=pot.name,
            replaced=replaced,
        )


def _refuse_if_moved(session: Session, voter: Voter, pot: Pot) -> None:
    """The voter may have been moved to another area while waiting for the turn at the box."""
    session.refresh(voter)
    voting.pot_of(voter, pot.id)


def _take_out(session: Session, voter: Voter, pot: Pot, rule: PaperVotes) -> int:
    """Take the voter's envelope out of the box, if there is one; return how many there were."""
    envelope = session.get(Envelope, (pot.id, voter.id))
    if envelope is None:
        return 0
    if rule is PaperVotes.FIRST_STANDS:
        raise VotedOnline()
    session.delete(envelope)
    return 1
