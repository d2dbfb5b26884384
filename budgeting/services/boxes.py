"""The ballot boxes of a round: whose keys seal them, and what every envelope is bound to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.ballotbox import padding
from budgeting.models import BallotBox, BudgetRound, OfficerKey, Pot, Project
from budgeting.rulebook import ballots
from budgeting.rulebook.ballots import Paper
from budgeting.rulebook.rules import BallotRule
from budgeting.services import rounds


def context_of(session: Session, pot: Pot) -> bytes:
    """Return what binds an envelope to its round's frozen rules and to its pot."""
    return context(rounds.frozen_rules(session, pot.round_id).fingerprint, pot)


def context(fingerprint: str, pot: Pot) -> bytes:
    """Return what binds an envelope to the rules with this fingerprint and to a pot."""
    return f"{fingerprint}|{pot.name}".encode()


def officer_keys(session: Session, budget_round: BudgetRound) -> list[OfficerKey]:
    """Return the round's keys in the officers' order."""
    return list(
        session.scalars(
            select(OfficerKey)
            .where(OfficerKey.round_id == budget_round.id)
            .order_by(OfficerKey.number)
        )
    )


def projects_of(session: Session, pot: Pot) -> list[Project]:
    """Return what stands on the pot's ballot."""
    return list(session.scalars(select(Project).where(Project.pot_id == pot.id)))


def paper_of(session: Session, pot: Pot) -> Paper:
    """Return the pot's ballot as the rulebook asks for it."""
    costs = select(Project.ballot_id, Project.cost_oere).where(Project.pot_id == pot.id)
    return Paper(dict(session.execute(costs).all()), pot.budget_limit_oere)


def make_box(session: Session, pot: Pot, rule: BallotRule) -> None:
    """Set up the pot's box: its envelopes all get the size of the longest valid ballot.

    Where projects get points, each point has room for the longest number there is.
    """
    ballot_ids = [project.ballot_id for project in projects_of(session, pot)]
    if not ballot_ids:
        return
    size = padding.size_for(
        rule.ballot_type, ballot_ids, most_choices=ballots.limits(rule, len(ballot_ids))[1]
    )
    session.add(BallotBox(pot_id=pot.id, board_size=0, envelope_size=size))


def boxes_of(session: Session, budget_round: BudgetRound) -> list[BallotBox]:
    """Return the boxes of the round's pots, in the pots' order."""
    return list(
        session.scalars(
            select(BallotBox)
            .join(Pot, Pot.id == BallotBox.pot_id)
            .where(Pot.round_id == budget_round.id)
            .order_by(Pot.id)
        )
    )
