"""What stands on the ballots: fixed and fingerprinted when the projects are published."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting import canonical
from budgeting.models import BudgetRound, ExclusiveGroup, Pot, Project
from budgeting.rulebook.rules import TallyRule
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
    """Return every project's id, pot, title and cost in canonical JSON.

    What only some rules read stands there only where the rulebook has such a rule: the least
    amount a proposer accepts, area and categories, and the numbers of the project's groups.
    """
    tally = rounds.rulebook_of(session, budget_round).tally
    listed = session.scalars(
        select(Project).where(Project.round_id == budget_round.id).order_by(Project.id)
    )
    groups = session.scalars(
        select(ExclusiveGroup)
        .join(Pot)
        .where(Pot.round_id == budget_round.id)
        .order_by(ExclusiveGroup.id)
    ).all()
    members = [{one.id for one in group.projects} for group in groups]
    return canonical.encode(
        [
            _line(project)
            | _more(project, tally)
            | _groups([number for number, ids in enumerate(members, 1) if project.id in ids])
            for project in listed
        ]
    )


def _line(project: Project) -> dict[str, Any]:
    return {
        "id": project.ballot_id,
        "pot": project.pot.name,
        "title": project.title,
        "cost_oere": project.cost_oere,
    }


def _more(project: Project, tally: TallyRule) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if tally.in_part and project.least_oere:
        more["least_oere"] = project.least_oere
    if tally.caps:
        more["area"] = project.area.name if project.area else ""
        more["categories"] = list(project.categories or ())
    return more


def _groups(numbers: list[int]) -> dict[str, Any]:
    return {"groups": numbers} if numbers else {}
