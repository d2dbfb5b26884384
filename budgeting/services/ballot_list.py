"""What stands on the ballots: fixed and fingerprinted when the projects are published."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting import canonical
from budgeting.models import BudgetRound, Project
from budgeting.services import boxes, rounds


def fix(session: Session, budget_round: BudgetRound) -> str:
    """Make a box for each pot that has projects; return the fingerprint of the list."""
    session.flush()
    rule = rounds.rulebook_of(session, budget_round).ballot
    for pot in budget_round.pots:
        boxes.make_box(session, pot, rule)
    return fingerprint(session, budget_round)


def fingerprint(session: Session, budget_round: BudgetRound) -> str:
    """Return the SHA-256 of the list, in hexadecimal."""
    return canonical.fingerprint(encoded(session, budget_round))


def encoded(session: Session, budget_round: BudgetRound) -> bytes:
    """Return every project's id, pot, title and cost in canonical JSON."""
    listed = session.scalars(
        select(Project).where(Project.round_id == budget_round.id).order_by(Project.id)
    )
    return canonical.encode([_line(project) for project in listed])


def _line(project: Project) -> dict[str, str | int]:
    return {
        "id": project.ballot_id,
        "pot": project.pot.name,
        "title": project.title,
        "cost_oere": project.cost_oere,
    }
