"""Sets up a draft, part by part; each change is told of if someone else came first."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from budgeting.models import Account, BudgetRound
from budgeting.refusals import Refusal
from budgeting.rulebook import ballot_shapes, readiness, timetables
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.rulebook.rules import BallotRule, TallyRule, Timetable
from budgeting.services import audit, locked_rules, transaction
from budgeting.vocabulary import N_

LOWEST_AGE, HIGHEST_AGE = 1, 99


class AgeOutOfReach(Refusal):
    """An age that no round can have."""

    field = "min_age"
    message = N_("Skriv en alder mellem %(low)s og %(high)s år.")


class CountDoesNotFit(Refusal):
    """The count reads another kind of ballot than the round has."""

    field = "utility"
    message = N_("Den måde at tælle på passer ikke til stemmesedlen. Vælg en anden.")


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What people read about the round: its name, one sentence, and the whole story."""

    title: str
    summary: str
    introduction: str


@contextmanager
def change_of(
    part: Part, *, by: Account, budget_round: BudgetRound, seen_version: int, now: datetime
) -> Iterator[Session]:
    """One change of one part of a draft; the round's version counts every change."""
    with transaction.deed() as session:
        locked_rules.permit_change(
            session, Deed.SET_UP_ROUND, by=by, budget_round=budget_round, now=now
        )
        transaction.refuse_if_edited(budget_round, seen_version)
        yield session
        flag_modified(budget_round, "title")
        audit.record(
            session, Deed.SET_UP_ROUND, by=by, now=now, budget_round=budget_round, part=str(part)
        )


def write_texts(
    *, by: Account, budget_round: BudgetRound, seen_version: int, texts: Texts, now: datetime
) -> None:
    """Say what the round is about; its address stays as it was made."""
    with change_of(
        Part.TEXTS, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ):
        _assign(budget_round, asdict(texts))


def choose_voters(
    *, by: Account, budget_round: BudgetRound, seen_version: int, min_age: int, now: datetime
) -> None:
    """Say how old a voter must be on the last day of voting."""
    if not LOWEST_AGE <= min_age <= HIGHEST_AGE:
        raise AgeOutOfReach(low=LOWEST_AGE, high=HIGHEST_AGE)
    with change_of(
        Part.VOTERS, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ):
        budget_round.min_age = min_age


def choose_ballot(
    *, by: Account, budget_round: BudgetRound, seen_version: int, ballot: BallotRule, now: datetime
) -> None:
    """Say what the ballot looks like and what one may do on it.

    What the count reads on another type of ballot must be chosen anew.
    """
    settled = ballot_shapes.settled(ballot)
    with change_of(
        Part.BALLOT, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ):
        if ballot.ballot_type is not budget_round.ballot_type:
            budget_round.utility = None
        _assign(budget_round, asdict(settled))


def choose_count(
    *, by: Account, budget_round: BudgetRound, seen_version: int, tally: TallyRule, now: datetime
) -> None:
    """Say how the ballots are counted and how ties end; caps are set pot by pot."""
    with change_of(
        Part.COUNT, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ):
        ballot_type = budget_round.ballot_type
        if ballot_type is None or not readiness.fits(ballot_type, tally.rule, tally.utility):
            raise CountDoesNotFit()
        chosen = asdict(tally) | {"ties": ",".join(tally.ties)}
        chosen.pop("caps")
        _assign(budget_round, chosen)


def set_timetable(
    *,
    by: Account,
    budget_round: BudgetRound,
    seen_version: int,
    timetable: Timetable,
    now: datetime,
) -> None:
    """Set the six moments, one after the other."""
    timetables.check(timetable, now)
    with change_of(
        Part.TIMETABLE, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ):
        _assign(budget_round, asdict(timetable))


def record_frame(
    *, by: Account, budget_round: BudgetRound, seen_version: int, decision: str, now: datetime
) -> None:
    """Write down when and where the council adopted the frame."""
    with change_of(
        Part.FRAME, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ):
        budget_round.frame_decision = decision


def _assign(budget_round: BudgetRound, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(budget_round, name, value)
