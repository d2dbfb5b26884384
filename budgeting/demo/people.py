"""The demo's municipality and its people: staff with a password, citizens with a mail address."""

from datetime import datetime

from sqlalchemy.orm import Session

from budgeting.demo import texts
from budgeting.demo.secrets_shown import PASSWORD
from budgeting.models import Account, Municipality
from budgeting.services import accounts, transaction
from budgeting.vocabulary import Role

STAFF = {
    "admin": Role.ADMIN,
    "caseworker": Role.CASEWORKER,
    "officer": Role.OFFICER,
    "council": Role.COUNCIL,
}

OTHER_OFFICERS = ("officer_two", "officer_three")


def add_municipality(session: Session) -> Municipality:
    """Add the municipality with its colour and where to get help."""
    words = texts.read("municipality")
    contact = texts.read("voting_approval")["contact"]
    made = Municipality(
        name=words["name"],
        scheme_name=words["scheme_name"],
        colour=words["colour"],
        phone=words["phone"],
        email=words["email"],
        help_places=f"{contact['library']}\n\n{contact['citizen_service']}",
    )
    session.add(made)
    session.flush()
    return made


def add_staff(now: datetime) -> dict[Role, Account]:
    """Add one person for each role of the municipality."""
    people = texts.read("people")["staff"]
    return {
        role: accounts.create_staff(
            people[key]["email"], people[key]["name"], {role}, PASSWORD, now=now
        )
        for key, role in STAFF.items()
    }


def add_other_officers(now: datetime) -> list[Account]:
    """Add those who hold the other two keys where a round has three."""
    people = texts.read("people")["staff"]
    return [
        accounts.create_staff(
            people[key]["email"], people[key]["name"], {Role.OFFICER}, PASSWORD, now=now
        )
        for key in OTHER_OFFICERS
    ]


def add_citizens() -> dict[str, int]:
    """Add the citizens; returns their account ids by the key the proposals name them by."""
    with transaction.deed() as session:
        made = {
            key: Account(name=person["name"], email=person["email"])
            for key, person in texts.read("people")["citizens"].items()
        }
        session.add_all(made.values())
        session.flush()
        return {key: account.id for key, account in made.items()}
