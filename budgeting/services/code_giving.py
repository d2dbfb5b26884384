"""Gives new codes to voters, all at once: hashed first, then kept in one short transaction.

Hashing is slow on purpose and is done before the transaction, so nobody else's deed waits
for it. Only the hash of a code is kept; the code itself goes back to whoever asked.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from budgeting.ballotbox import code_letters
from budgeting.ballotbox.code_letters import CodeLetter
from budgeting.extensions import db
from budgeting.models import Account, Area, BudgetRound, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, rounds, transaction
from budgeting.vocabulary import N_

HASHED_AT_A_TIME = 2
HASHED_BETWEEN_LOOKS = 20
SECONDS_A_PAGE_WAITS = 8
VoterRows = Select[int, str, str, str | None]


class CodesAreBeingMade(Refusal):
    """Two people made codes for the same voters; the other one has them."""

    message = N_("En anden laver koder lige nu. Hent siden igen, og se, hvem der mangler.")


@dataclass(frozen=True)
class LetterLine:
    """What goes in one voter's letter; the code is never stored and never logged."""

    roll_number: str = field(repr=False)
    area: str
    code: str = field(repr=False)


@dataclass(frozen=True)
class Waiting:
    """A voter who gets a code, and the locator they had when we looked."""

    voter_id: int
    roll_number: str = field(repr=False)
    area: str
    seen_locator: str | None


@dataclass(frozen=True)
class _Hashed:
    """A new code beside the hash that is kept of it."""

    locator: str
    secret_hash: str = field(repr=False)
    text: str = field(repr=False)


def of_round(budget_round: BudgetRound) -> VoterRows:
    """Return the question for the round's voters, to be narrowed and handed to `waiting`."""
    return (
        select(Voter.id, Voter.roll_number, Area.name, Voter.code_locator)
        .outerjoin(Area, Voter.area_id == Area.id)
        .where(Voter.round_id == budget_round.id)
        .order_by(Voter.roll_number)
    )


def waiting(question: VoterRows) -> list[Waiting]:
    """Return the voters as they are now."""
    return [
        Waiting(voter_id, roll_number, area or "", locator)
        for voter_id, roll_number, area, locator in db.session.execute(question)
    ]


def give(
    voters: list[Waiting],
    *,
    by: Account,
    budget_round: BudgetRound,
    now: datetime,
    file_number: int | None,
) -> tuple[LetterLine, ...]:
    """Give these voters new codes, in a file or in none, as far as the time for it reaches."""
    rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
    hashed = _hashed_codes(len(voters))
    served = voters[: len(hashed)]
    try:
        with transaction.deed() as session:
            rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
            _keep(session, served, hashed, file_number)
            audit.record(
                session,
                Deed.KEEP_ROLL,
                by=by,
                now=now,
                budget_round=budget_round,
                codes_made=len(served),
                file=file_number,
            )
    except IntegrityError:
        # The database's own sentence holds a locator and a hash, so it goes no further.
        raise CodesAreBeingMade() from None
    return tuple(
        LetterLine(voter.roll_number, voter.area, code.text)
        for voter, code in zip(served, hashed, strict=True)
    )


def _hashed_codes(count: int) -> list[_Hashed]:
    """Make codes that nobody has, at most so many, and some fewer where the machine is busy.

    Two are hashed at a time, for hashing lets other threads run.
    """
    locators = db.session.scalars(select(Voter.code_locator).distinct()).all()
    taken = {locator for locator in locators if locator is not None}
    codes = []
    for _ in range(count):
        codes.append(code_letters.make_code(taken=taken))
        taken.add(codes[-1].locator)
    until = time.monotonic() + SECONDS_A_PAGE_WAITS
    made: list[_Hashed] = []
    with ThreadPoolExecutor(HASHED_AT_A_TIME) as threads:
        while len(made) < count and (not made or time.monotonic() < until):
            made += threads.map(_hashed, codes[len(made) : len(made) + HASHED_BETWEEN_LOOKS])
    return made


def _hashed(code: CodeLetter) -> _Hashed:
    return _Hashed(code.locator, code_letters.hash_secret(code.secret), code.text)


def _keep(
    session: Session, voters: list[Waiting], hashed: list[_Hashed], file_number: int | None
) -> None:
    """Keep the hashes; refuse where somebody has given one of the voters a code meanwhile."""
    for voter, code in zip(voters, hashed, strict=True):
        given = session.execute(
            update(Voter)
            .where(Voter.id == voter.voter_id)
            .where(Voter.code_locator.is_not_distinct_from(voter.seen_locator))
            .values(code_locator=code.locator, code_hash=code.secret_hash, code_file=file_number)
        )
        if not rows_changed(given):
            raise CodesAreBeingMade()


def rows_changed(result: object) -> int:
    """Return how many rows an update changed."""
    return int(getattr(result, "rowcount", 0))
