"""The files that voters' codes stand in, and a new code for one voter whose letter is lost."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update

from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, RollKey, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, code_giving, roll_plan, rounds, transaction
from budgeting.services.code_giving import LetterLine
from budgeting.vocabulary import N_


class EveryoneHasACode(Refusal):
    """Nobody on the roll is waiting for a code."""

    message = N_("Alle på valglisten har en kode.")


class NoSuchFile(Refusal):
    """No code of the round stands in the file."""

    message = N_("Den fil findes ikke mere. Hent siden igen, og se listen.")


class UnknownNumber(Refusal):
    """Nobody on the roll has the number."""

    field = "roll_number"
    message = N_("Nummeret står ikke på valglisten. Se efter en tastefejl.")


def files_of(budget_round: BudgetRound) -> list[tuple[int, int]]:
    """Return each file's number with how many of its codes still open the booth."""
    in_files = select(Voter.code_file, func.count()).where(Voter.round_id == budget_round.id)
    rows = db.session.execute(
        in_files.where(Voter.code_file.is_not(None))
        .group_by(Voter.code_file)
        .order_by(Voter.code_file)
    )
    return [(number, count) for number, count in rows if number is not None]


def replace_code(
    roll_number: str, *, by: Account, budget_round: BudgetRound, now: datetime
) -> LetterLine:
    """Give one voter a new code in place of a lost one; it stands in no file."""
    of_round = code_giving.of_round(budget_round)
    voters = code_giving.waiting(of_round.where(is_known_as(budget_round, roll_number)))
    if not voters:
        raise UnknownNumber()
    return code_giving.give(voters, by=by, budget_round=budget_round, now=now, file_number=None)[0]


def void_code(roll_number: str, *, by: Account, budget_round: BudgetRound, now: datetime) -> None:
    """Make one voter's code open nothing; the voter stands in the next file again."""
    with transaction.deed() as session:
        rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
        voided = session.execute(
            update(Voter)
            .where(Voter.round_id == budget_round.id, is_known_as(budget_round, roll_number))
            .values(code_locator=None, code_hash=None, code_file=None)
        )
        if not code_giving.rows_changed(voided):
            raise UnknownNumber()
        audit.record(
            session, Deed.KEEP_ROLL, by=by, now=now, budget_round=budget_round, codes_voided=1
        )


def is_known_as(budget_round: BudgetRound, number: str) -> ColumnElement[bool]:
    """Ask for the number on the roll, or for the identifier that only its pseudonym is kept of."""
    key = db.session.get(RollKey, budget_round.id)
    if key is None:
        return Voter.roll_number == number
    hidden = roll_plan.pseudonym(number, key.secret)
    return (Voter.roll_number == number) | (Voter.pseudonym == hidden)


def last_number(budget_round: BudgetRound) -> int:
    last = select(func.max(Voter.code_file)).where(Voter.round_id == budget_round.id)
    return db.session.scalar(last) or 0
