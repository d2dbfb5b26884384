"""Fills an empty database with the demo; a database that has something in it is left alone."""

from datetime import datetime

from sqlalchemy import select

from budgeting.demo import finished_round, people, round_life, round_rows, texts
from budgeting.extensions import db
from budgeting.models import BudgetRound, Municipality
from budgeting.services import transaction
from budgeting.vocabulary import Role


def is_filled() -> bool:
    """Whether the demo has been filled to its last round."""
    last = select(BudgetRound.id).where(BudgetRound.slug == texts.read("assen")["slug"])
    return db.session.scalar(last) is not None


def is_begun() -> bool:
    """Whether there is anything in the database at all."""
    return db.session.scalar(select(Municipality.id)) is not None


def fill(now: datetime) -> None:
    """Add the municipality, its people and its rounds."""
    with transaction.deed() as session:
        people.add_municipality(session)
    staff = people.add_staff(now)
    officers = [staff[Role.OFFICER], *people.add_other_officers(now)]
    citizens = people.add_citizens()
    for name in texts.ROUNDS:
        words = texts.read(name)
        with transaction.deed() as session:
            municipality = session.scalars(select(Municipality)).one()
            budget_round = round_rows.add(
                session, words, municipality=municipality, officers=officers, now=now
            )
        round_life.write_proposals(budget_round, words, citizens, now)
        if "projects" in words:
            round_life.answer_proposals(budget_round, words, staff)
            round_life.put_groups_together(budget_round, words, staff)
            round_life.hand_in_votes(budget_round, words)
        if words.get("is_counted"):
            round_life.count_and_publish(budget_round, staff)
    finished_round.add(staff, now)


def sign_ins() -> list[tuple[str, str]]:
    """Return each member of staff's role and mail address."""
    staff = texts.read("people")["staff"]
    return [(str(role), staff[key]["email"]) for key, role in people.STAFF.items()]
