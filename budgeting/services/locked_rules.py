"""The lock on an opened round: a change of its rules is refused, with the reason in words."""

from datetime import datetime

from sqlalchemy.orm import Session

from budgeting.models import Account, BudgetRound
from budgeting.refusals import Refusal, WrongPhase
from budgeting.rulebook.deeds import Deed
from budgeting.services import rounds
from budgeting.vocabulary import N_

FINGERPRINT_GROUP = 4
SHORT_FINGERPRINT_SIGNS = 16


class RulesAreLocked(Refusal):
    """The rulebook was frozen when the round opened."""

    message = N_(
        "Spillereglerne blev låst %(when)s, så borgerne kan stole på dem. "
        "De kan ikke ændres mere. Fingeraftryk: %(fingerprint)s."
    )


def permit_change(
    session: Session, deed: Deed, *, by: Account, budget_round: BudgetRound, now: datetime
) -> None:
    """Refuse a change of the set-up unless the round is a draft and the person may."""
    try:
        rounds.permit(deed, roles=by.roles, budget_round=budget_round, now=now)
    except WrongPhase:
        raise lock_of(session, budget_round) from None


def lock_of(session: Session, budget_round: BudgetRound) -> RulesAreLocked:
    """Return the refusal that tells when the round was locked and by which fingerprint."""
    version = rounds.frozen_version(session, budget_round)
    return RulesAreLocked(
        when=budget_round.opened_at, fingerprint=short_fingerprint(version.fingerprint)
    )


def short_fingerprint(fingerprint: str) -> str:
    """Return the beginning of a fingerprint in groups of four: enough to tell two apart."""
    signs = fingerprint[:SHORT_FINGERPRINT_SIGNS]
    places = range(0, len(signs), FINGERPRINT_GROUP)
    return " ".join(signs[place : place + FINGERPRINT_GROUP] for place in places)
