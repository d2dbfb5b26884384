"""How many officers a draft has, and making room when one of them is to be somebody else."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from budgeting.models import Account, BudgetRound, OfficerKey
from budgeting.refusals import Refusal
from budgeting.rulebook import officers as choices
from budgeting.rulebook.readiness import Part
from budgeting.services import boxes, pair_trials
from budgeting.services.setting_up import change_of
from budgeting.vocabulary import N_, Publication

FEWEST_DAYS, MOST_DAYS = 1, 365


@dataclass(frozen=True, kw_only=True)
class BoxRules:
    """Who holds keys, how long envelopes are kept, and how much of the ballots is published."""

    officers: int
    objection_days: int
    publication: Publication = Publication.FULL
    keys_in_files: bool = False


class DaysOutOfReach(Refusal):
    """A time to object that is none, or that keeps envelopes for years."""

    field = "objection_days"
    message = N_("Skriv et antal dage mellem %(fewest)s og %(most)s.")


class NumberUnknown(Refusal):
    """A number of officers that no round has."""

    field = "officers"
    message = N_("Vælg, om runden skal have én eller tre nøglepersoner.")


def choose_box(
    *, by: Account, budget_round: BudgetRound, seen_version: int, box: BoxRules, now: datetime
) -> None:
    """Say who can open the box, how long envelopes are kept and what is published of ballots.

    Keys that have no place any more are taken away, and all of them where they would be
    kept elsewhere.
    """
    if box.officers not in choices.CHOICES:
        raise NumberUnknown()
    if not FEWEST_DAYS <= box.objection_days <= MOST_DAYS:
        raise DaysOutOfReach(fewest=FEWEST_DAYS, most=MOST_DAYS)
    with change_of(
        Part.BALLOT_BOX, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ) as session:
        must_make_anew = box.keys_in_files != budget_round.keys_in_files
        budget_round.officers = box.officers
        budget_round.keys_in_files = box.keys_in_files
        budget_round.objection_days = box.objection_days
        budget_round.publication = box.publication
        for key in boxes.officer_keys(session, budget_round)[:]:
            if must_make_anew or key.number >= box.officers:
                _take_away(session, budget_round, key.number)


def make_room(
    *, by: Account, budget_round: BudgetRound, seen_version: int, number: int, now: datetime
) -> None:
    """Take a key away, so that another officer can make one in its place."""
    with change_of(
        Part.OFFICER, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ) as session:
        _take_away(session, budget_round, number)


def _take_away(session: Session, budget_round: BudgetRound, number: int) -> None:
    pair_trials.forget(session, budget_round, number)
    session.execute(
        delete(OfficerKey)
        .where(OfficerKey.round_id == budget_round.id)
        .where(OfficerKey.number == number)
    )
