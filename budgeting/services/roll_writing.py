"""Puts a whole reading on the roll, or nothing of it, without keeping voters waiting.

Planned first, then laid ready in pieces (`roll_staging`), then made true at once
(`roll_switch`). If another import came in between, it is planned anew.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound
from budgeting.services import roll_keys, roll_plan, roll_staging, roll_switch, transaction
from budgeting.services.roll_plan import Plan, Roll
from budgeting.services.roll_reading import RollLine, RollReading
from budgeting.services.roll_refusals import LinesRefused, RollIsBusy
from budgeting.services.roll_switch import Laid, RollChangedMeanwhile, Stamp

OWN_NUMBER = "V"
TRIES = 3
Tell = Callable[[Session, int], None]


@dataclass(frozen=True)
class _Planned:
    """What is to be done, and all of the roll that was looked at for it."""

    plan: Plan
    roll: Roll
    seen: Stamp


def write(
    *, by: Account, budget_round: BudgetRound, job_id: int, reading: RollReading, tell: Tell
) -> None:
    """Put every person who was read on the roll, or refuse the file whole; the job is then done."""
    for _ in range(TRIES):
        try:
            _write(by, budget_round, job_id, reading, tell)
        except (IntegrityError, RollChangedMeanwhile):
            # The database's own sentence names a person, so it goes no further.
            continue
        return
    raise RollIsBusy()


def _write(
    by: Account, budget_round: BudgetRound, job_id: int, reading: RollReading, tell: Tell
) -> None:
    planned, batch = _planned(budget_round, reading), secrets.token_hex(16)
    roll_staging.take_away_others(job_id, batch)
    rows = _Rows(planned)
    try:
        lines = roll_staging.lay(job_id, batch, iter(rows), tell)
        laid = Laid(job_id, batch, lines, planned.plan, planned.seen, rows.last_number)
        roll_switch.switch(by=by, budget_round=budget_round, laid=laid, now=clock.now())
    finally:
        roll_staging.take_away(job_id, batch)


def _planned(budget_round: BudgetRound, reading: RollReading) -> _Planned:
    """Hold the file against the roll; nothing is held meanwhile but a look at the database."""
    session = db.session()
    try:
        seen = roll_switch.stamp_of(session, budget_round)
        roll = roll_plan.roll_of(session, budget_round)
        plan = roll_plan.of(reading, roll)
        if plan.refused:
            raise LinesRefused(count=len(plan.refused))
        if not plan.hides_numbers or seen.key is not None:
            return _Planned(plan, roll, seen)
    finally:
        session.rollback()
    with transaction.deed() as deed:
        roll_keys.made(deed, budget_round)
    return _planned(budget_round, reading)


class _Rows:
    """The lines as the roll will hold them, with numbers of its own where theirs are hidden."""

    def __init__(self, planned: _Planned) -> None:
        self._plan, self._taken = planned.plan, planned.roll.numbers
        hides, key = planned.plan.hides_numbers, planned.seen.key
        self._secret = key[0] if hides and key else None
        self.last_number = key[2] if hides and key else None

    def __iter__(self) -> Iterator[dict[str, object]]:
        for line in self._plan.new:
            yield self._row(line) | self._kept_as(line.identifier)
        for known, line in self._plan.changed:
            as_they_are: dict[str, object] = {
                "voter_id": known.voter_id,
                "birth_date": known.birth_date,
            }
            as_they_are |= {"area_id": known.area_id, "addressee": known.addressee}
            yield self._row(line) | as_they_are | roll_plan.values_of(line, self._plan.columns)

    def _row(self, line: RollLine) -> dict[str, object]:
        return {
            "line": line.line,
            "voter_id": None,
            "roll_number": "",
            "pseudonym": None,
            "birth_date": line.birth_date,
            "area_id": line.area_id,
            "addressee": line.addressee,
        }

    def _kept_as(self, identifier: str) -> dict[str, object]:
        if self._secret is None:
            return {"roll_number": identifier}
        return {
            "roll_number": self._draw(),
            "pseudonym": roll_plan.pseudonym(identifier, self._secret),
        }

    def _draw(self) -> str:
        """Draw the next short number that nobody on the roll has."""
        assert self.last_number is not None
        while True:
            self.last_number += 1
            number = f"{OWN_NUMBER}{self.last_number}"
            if number not in self._taken:
                return number
