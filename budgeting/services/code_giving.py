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
VoterRows = Select[int, str, str, str | None, str | None]


class CodesAreBeingMade(Refusal):
    """Two people made codes for the same voters; the other one has them."""

    message = N_("En anden laver koder lige nu. Hent siden igen, og se, hvem der mangler.")


@dataclass(frozen=True)
class LetterLine:
    """What goes in one voter's letter; the code is never stored and never logged."""

    roll_number: str = field(repr=False)
    area: str
    code: str = field(repr=False)
    addressee: str | None = field(repr=False, default=None)


@dataclass(frozen=True)
class Waiting:
    """A voter who gets a code, and the locator they had when we looked."""

    voter_id: int
    roll_number: str = field(repr=False)
    area: str
    seen_locator: str | None
    addressee: str | None = field(repr=False)


@dataclass(frozen=True)
class Hashed:
    """A new code beside the hash that is kept of it."""

    locator: str
    secret_hash: str = field(repr=False)
    text: str = field(repr=False)


def of_round(budget_round: BudgetRound) -> VoterRows:
    """Return the question for the round's voters, to be narrowed and handed to `waiting`."""
    return (
        select(Voter.id, Voter.roll_number, Area.name, Voter.code_locator, Voter.addressee)
        .outerjoin(Area, Voter.area_id == Area.id)
        .where(Voter.round_id == budget_round.id)
        .order_by(Voter.roll_number)
    )


def waiting(question: VoterRows) -> list[Waiting]:
    """Return the voters as they are now."""
    return [
        Waiting(voter_id, roll_number, area or "", locator, addressee)
        for voter_id, roll_number, area, locator, addressee in db.session.execute(question)
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
    hashed = hashed_codes(len(voters))
    served = voters[: len(hashed)]
    try:
        with transaction.deed() as session:
            rounds.permit(Deed.KEEP_ROLL, roles=by.roles, budget_round=budget_round, now=now)
            keep(session, served, hashed, file_number)
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
    return lines_of(served, hashed)


def lines_of(voters: list[Waiting], hashed: list[Hashed]) -> tuple[LetterLine, ...]:
    """Return what goes in each voter's letter."""
    return tuple(
        LetterLine(voter.roll_number, voter.area, code.text, voter.addressee)
        for voter, code in zip(voters, hashed, strict=True)
    )


def hashed_codes(count: int) -> list[Hashed]:
    """Make codes that nobody has, at most so many, and some fewer where the machine is busy.

    Two are hashed at a time, for hashing lets other threads run.
    """
    codes = _new_codes(count)
    until = time.monotonic() + SECONDS_A_PAGE_WAITS
    made: list[Hashed] = []
    with ThreadPoolExecutor(HASHED_AT_A_TIME) as threads:
        while len(made) < count and (not made or time.monotonic() < until):
            made += threads.map(_hashed, codes[len(made) : len(made) + HASHED_BETWEEN_LOOKS])
    return made


def _new_codes(count: int) -> list[CodeLetter]:
    """Draw codes until as many as wanted have a locator that no voter has."""
    codes: dict[str, CodeLetter] = {}
    while len(codes) < count:
        drawn = [code_letters.make_code(taken=codes) for _ in range(count - len(codes))]
        found = {code.locator: code for code in drawn}
        taken = select(Voter.code_locator).where(Voter.code_locator.in_(found))
        for locator in db.session.scalars(taken):
            found.pop(locator or "", None)
        codes |= found
    return list(codes.values())


def _hashed(code: CodeLetter) -> Hashed:
    return Hashed(code.locator, code_letters.hash_secret(code.secret), code.text)


def keep(
    session: Session, voters: list[Waiting], hashed: list[Hashed], file_number: int | None
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
