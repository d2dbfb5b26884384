"""What only the demo shows: who one can be, the voters' codes, the mails, the next moment."""

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from budgeting.demo.secrets_shown import PASSPHRASE, SHOWN_CODES, code_of
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, Voter
from budgeting.rulebook.readiness import TIMETABLE_ORDER
from budgeting.services import rounds
from budgeting.vocabulary import N_, Phase

__all__ = ["PASSPHRASE", "citizens", "codes_of", "letters", "next_moment", "staff"]

SHOWN_CITIZENS = 3
SHOWN_LETTERS = 10

MOMENT_NAMES = {
    "proposing_opens": N_("Forslag åbner"),
    "proposing_closes": N_("Frist for forslag"),
    "presenting_opens": N_("Projekterne vises"),
    "voting_opens": N_("Afstemningen åbner"),
    "voting_closes": N_("Afstemningen slutter"),
    "realising_ends": N_("Projekterne er færdige"),
}


@dataclass(frozen=True)
class Moment:
    """The next moment at which the clock changes what a round is open for."""

    name: str
    at: datetime


@dataclass(frozen=True)
class ShownCode:
    """A voter and the code letter that was made for them."""

    roll_number: str
    area: str
    code: str


def staff() -> list[Account]:
    """Return the people of the municipality, in the order they were made."""
    accounts = db.session.scalars(select(Account).order_by(Account.id))
    return [account for account in accounts if account.is_staff and account.password_hash]


def citizens() -> list[Account]:
    """Return a few citizens."""
    accounts = db.session.scalars(select(Account).order_by(Account.id))
    return [account for account in accounts if not account.is_staff][:SHOWN_CITIZENS]


def codes_of(budget_round: BudgetRound) -> list[ShownCode]:
    """Return some codes of each area; only voters whose code the demo made have one to show."""
    shown = []
    for area in budget_round.areas:
        roll = db.session.scalars(
            select(Voter)
            .where(Voter.round_id == budget_round.id, Voter.area_id == area.id)
            .order_by(Voter.id)
            .limit(SHOWN_CODES)
        )
        shown += [
            _shown(budget_round, area.name, voter)
            for voter in roll
            if _is_ours(budget_round, voter)
        ]
    return shown


def next_moment(budget_round: BudgetRound, now: datetime) -> Moment | None:
    """Return the round's next moment, or None for a draft or where nothing is to come."""
    if rounds.phase_of(budget_round, now) is Phase.DRAFT:
        return None
    for name in TIMETABLE_ORDER:
        at = getattr(budget_round, name)
        if at > now:
            return Moment(MOMENT_NAMES[name], at)
    return None


def letters() -> list[str]:
    """Return the newest mails as they were put in the demo's mailbox."""
    folder = Path(current_app.config["MAIL_FOLDER"])
    files = sorted(folder.glob("*"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_as_read(file) for file in files[:SHOWN_LETTERS] if file.is_file()]


def _is_ours(budget_round: BudgetRound, voter: Voter) -> bool:
    return voter.code_locator == code_of(budget_round.slug, voter.roll_number).locator


def _shown(budget_round: BudgetRound, area: str, voter: Voter) -> ShownCode:
    code = code_of(budget_round.slug, voter.roll_number)
    return ShownCode(voter.roll_number, area, code.text)


def _as_read(file: Path) -> str:
    """Return a mail as its reader sees it: subject, recipient and text, decoded."""
    mail = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    body = mail.get_body(("plain",))
    return f"{mail['to']}\n{mail['subject']}\n\n{body.get_content() if body else ''}"
