"""The files of codes for a round's voters: made one at a time, shown once, made anew if lost.

A file holds so many codes as a page can wait for. Where a file was lost on its way, its
voters get new codes in a new file, and the old ones open nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select, update

from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, code_giving, rounds, transaction
from budgeting.services.code_giving import LetterLine
from budgeting.vocabulary import N_

CODES_IN_A_FILE = 500


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


@dataclass(frozen=True)
class CodeFile:
    """A file of codes with its number in the round."""

    number: int
    lines: tuple[LetterLine, ...] = field(repr=False)


def files_of(budget_round: BudgetRound) -> list[tuple[int, int]]:
    """Return each file's number with how many of its codes still open the booth."""
    in_files = select(Voter.code_file, func.count()).where(Voter.round_id == budget_round.id)
    rows = db.session.execute(
        in_files.where(Voter.code_file.is_not(None))
        .group_by(Voter.code_file)
        .order_by(Voter.code_file)
    )
    return [(number, count) for number, count in rows if number is not None]


def make_next(*, by: Account, budget_round: BudgetRound, now: datetime) -> CodeFile:
    """Give the next voters who have no code each a new one."""
    number = _last_number(budget_round) + 1
    of_round = code_giving.of_round(budget_round)
    voters = code_giving.waiting(of_round.where(Voter.code_hash.is_(None)).limit(CODES_IN_A_FILE))
    if not voters:
        raise EveryoneHasACode()
    lines = code_giving.give(voters, by=by, budget_round=budget_round, now=now, file_number=number)
    return CodeFile(number, lines)


def make_again(number: int, *, by: Account, budget_round: BudgetRound, now: datetime) -> CodeFile:
    """Give everyone in a lost file a new code in a new file; the old codes open nothing.

    Whoever the time does not reach stays in the lost file, for another go.
    """
    new_number = _last_number(budget_round) + 1
    of_round = code_giving.of_round(budget_round)
    voters = code_giving.waiting(of_round.where(Voter.code_file == number))
    if not voters:
        raise NoSuchFile()
    lines = code_giving.give(
        voters, by=by, budget_round=budget_round, now=now, file_number=new_number
    )
    return CodeFile(new_number, lines)


def replace_code(
    roll_number: str, *, by: Account, budget_round: BudgetRound, now: datetime
) -> LetterLine:
    """Give one voter a new code in place of a lost one; it stands in no file."""
    of_round = code_giving.of_round(budget_round)
    voters = code_giving.waiting(of_round.where(Voter.roll_number == roll_number))
    if not voters:
        raise UnknownNumber()
    return code_giving.give(voters, by=by, budget_round=budget_round, now=now, file_number=None)[0]


def void_code(roll_number: str, *, by: Account, budget_round: BudgetRound, now: datetime) -> None:
    """Make one voter's code open nothing; the voter stands in the next file again."""
    with transaction.deed() as session:
        rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
        voided = session.execute(
            update(Voter)
            .where(Voter.round_id == budget_round.id, Voter.roll_number == roll_number)
            .values(code_locator=None, code_hash=None, code_file=None)
        )
        if not code_giving.rows_changed(voided):
            raise UnknownNumber()
        audit.record(
            session, Deed.KEEP_ROLL, by=by, now=now, budget_round=budget_round, codes_voided=1
        )


def _last_number(budget_round: BudgetRound) -> int:
    last = select(func.max(Voter.code_file)).where(Voter.round_id == budget_round.id)
    return db.session.scalar(last) or 0
