"""A code letter opens the booth: the locator finds the voter, the secret proves it is them."""

from datetime import datetime
from functools import cache

from sqlalchemy import select

from budgeting.ballotbox import code_letters
from budgeting.ballotbox.code_letters import CodeRefused
from budgeting.extensions import db
from budgeting.models import BudgetRound, Voter
from budgeting.rulebook.deeds import Deed
from budgeting.services import code_tries, guessing_alarm, rounds
from budgeting.vocabulary import N_, Role


class UnknownCode(CodeRefused):
    """No voter has the code; the words are the same whatever part of it is wrong."""

    message = N_("Vi kender ikke koden. Sammenlign den med brevet, og prøv igen.")


class CodeOfAnotherRound(CodeRefused):
    """The code is right, but it opens the booth of another round."""

    message = N_(
        "Koden er rigtig, men den gælder en anden afstemning: %(title)s. Find den på forsiden."
    )


def enter(code_text: str, *, budget_round: BudgetRound, now: datetime, address: str = "") -> Voter:
    """Return the voter whose code this is; raises a CodeRefused that says what to do.

    Tries are counted for the code's locator and for the address they come from.
    """
    rounds.permit(
        Deed.ENTER_BOOTH, roles=frozenset({Role.VISITOR}), budget_round=budget_round, now=now
    )
    code = code_letters.parse(code_text)
    code_tries.take_one(code.locator, address, now)
    voter = _find_voter(code.locator)
    if not _is_right(voter, code.secret):
        guessing_alarm.look(budget_round, now)
        raise UnknownCode()
    assert voter is not None
    code_tries.forget(code.locator, address)
    return _refuse_other_round(voter, budget_round)


def _find_voter(locator: str) -> Voter | None:
    return db.session.scalar(select(Voter).where(Voter.code_locator == locator))


def _is_right(voter: Voter | None, secret: str) -> bool:
    """Whether the voter has this secret; it takes as long where there is no such voter."""
    decoy = _hash_of_nobody()
    known = voter.code_hash if voter else None
    return code_letters.verify_secret(known or decoy, secret) and known is not None


@cache
def _hash_of_nobody() -> str:
    return code_letters.hash_secret("")


def _refuse_other_round(voter: Voter, budget_round: BudgetRound) -> Voter:
    if voter.round_id == budget_round.id:
        return voter
    other = db.session.get_one(BudgetRound, voter.round_id)
    raise CodeOfAnotherRound(title=other.title)
