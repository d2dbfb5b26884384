"""Ways into the booth without a code: somebody is found on the roll, or put on it at the door.

Only a pseudonym of who they are is kept (HMAC under the round's own key). Age and municipality
are asked of the rulebook before anybody is put on the roll.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.ballotbox import roll_pseudonyms
from budgeting.models import Account, Area, BudgetRound, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook import voters
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.rules import Rulebook
from budgeting.services import roll_keys, roll_plan, rounds, transaction, upserts
from budgeting.services.identity import Person
from budgeting.vocabulary import N_, Role, WaysIn

# What the numbers of people who were put on the roll at the door begin with.
AT_THE_DOOR = "D"
NUMBER_SIGNS = 16
OLDEST_YEARS = 130


class OtherWayIn(Refusal):
    """The round's rulebook has no such way into the booth."""

    message = N_("Man kan ikke stemme på den måde i denne runde. Se spillereglerne.")


class NotOnRoll(Refusal):
    """The person is who they say, and has no vote here."""

    message = N_(
        "Du står ikke på valglisten til denne runde. Ring til kommunen, hvis du mener, du skal."
    )


class TooYoung(Refusal):
    """Not old enough on the last day of voting."""

    message = N_("Man skal være fyldt %(age)s år på sidste stemmedag for at stemme.")
    field = "birth_date"


class NotYetBorn(Refusal):
    """A date of birth nobody has."""

    message = N_("Se efter, om fødselsdatoen er rigtig.")
    field = "birth_date"


@dataclass(frozen=True)
class Declaration:
    """What somebody says of themselves at the door."""

    birth_date: date = field(repr=False)
    area_id: int | None


@dataclass(frozen=True)
class _Newcomer:
    """What is kept of somebody who is put on the roll."""

    pseudonym: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    area_id: int | None


def enter_with_openid(*, person: Person, budget_round: BudgetRound, now: datetime) -> Voter:
    """Return the voter the provider vouches for."""
    with transaction.deed() as session:
        rulebook = _open_rulebook(session, budget_round, now)
        if rulebook.ways_in not in (WaysIn.OPENID, WaysIn.CODES_AND_OPENID):
            raise OtherWayIn()
        if not voters.is_old_enough(rulebook, person.birth_date):
            raise TooYoung(age=rulebook.min_age)
        key = roll_keys.made(session, budget_round)
        pseudonym = roll_pseudonyms.of_subject(person.issuer, person.subject, key)
        found = _find(session, budget_round, pseudonym) or _find_by_number(
            session, budget_round, person.number, key
        )
        if found is not None:
            return found
        if rulebook.ways_in is WaysIn.CODES_AND_OPENID:
            raise NotOnRoll()
        # Of people whose address is protected no more is kept than what their pots ask for.
        birth_date = None if person.is_protected else person.birth_date
        area_id = _area_id(budget_round, person.area)
        return _put_on(session, budget_round, _Newcomer(pseudonym, birth_date, area_id))


def enter_self_declared(
    *, by: Account, declaration: Declaration | None, budget_round: BudgetRound, now: datetime
) -> Voter | None:
    """Return the voter behind a mail address; None where they have not said who they are yet."""
    with transaction.deed() as session:
        rulebook = _open_rulebook(session, budget_round, now)
        if rulebook.ways_in is not WaysIn.SELF_DECLARED:
            raise OtherWayIn()
        pseudonym = roll_pseudonyms.of_email(by.email, roll_keys.made(session, budget_round))
        found = _find(session, budget_round, pseudonym)
        if found is not None or declaration is None:
            return found
        _refuse_odd_birth_date(declaration.birth_date, now)
        if not voters.is_old_enough(rulebook, declaration.birth_date):
            raise TooYoung(age=rulebook.min_age)
        known = {area.id for area in budget_round.areas}
        area_id = declaration.area_id if declaration.area_id in known else None
        newcomer = _Newcomer(pseudonym, declaration.birth_date, area_id)
        return _put_on(session, budget_round, newcomer)


def _open_rulebook(session: Session, budget_round: BudgetRound, now: datetime) -> Rulebook:
    rounds.permit(
        Deed.ENTER_BOOTH, roles=frozenset({Role.VISITOR}), budget_round=budget_round, now=now
    )
    return rounds.rulebook_of(session, budget_round)


def _find(session: Session, budget_round: BudgetRound, pseudonym: str) -> Voter | None:
    return session.scalar(
        select(Voter).where(Voter.round_id == budget_round.id).where(Voter.pseudonym == pseudonym)
    )


def _find_by_number(
    session: Session, budget_round: BudgetRound, number: str | None, key: bytes
) -> Voter | None:
    """Find the person an imported roll knows by number, kept or hidden."""
    if number is None:
        return None
    hidden = _find(session, budget_round, roll_plan.pseudonym(number, key))
    return hidden or session.scalar(
        select(Voter).where(Voter.round_id == budget_round.id).where(Voter.roll_number == number)
    )


def _put_on(session: Session, budget_round: BudgetRound, newcomer: _Newcomer) -> Voter:
    """Add the person; where two browsers of theirs come at once, both find the same voter."""
    upserts.add_unless_there(
        session,
        Voter,
        round_id=budget_round.id,
        roll_number=AT_THE_DOOR + newcomer.pseudonym[:NUMBER_SIGNS],
        pseudonym=newcomer.pseudonym,
        birth_date=newcomer.birth_date,
        area_id=newcomer.area_id,
    )
    found = _find(session, budget_round, newcomer.pseudonym)
    assert found is not None
    return found


def _area_id(budget_round: BudgetRound, name: str | None) -> int | None:
    named: dict[str, Area] = {area.name: area for area in budget_round.areas}
    return named[name].id if name in named else None


def _refuse_odd_birth_date(birth_date: date, now: datetime) -> None:
    if not now.year - OLDEST_YEARS <= birth_date.year or birth_date > now.date():
        raise NotYetBorn()
