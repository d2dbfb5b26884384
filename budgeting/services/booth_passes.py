"""The open booths of voters, kept here so that leaving really ends them.

The cookie holds a random pass; here stands only its hash, with whose it is and nothing of
when. A copy of a cookie opens nothing once its voter has left, in whichever browser.
"""

import hashlib
import secrets

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import BoothPass, BudgetRound, Voter
from budgeting.services import transaction

BEHIND_PASS = (
    select(Voter)
    .join(BoothPass, BoothPass.voter_id == Voter.id)
    .where(BoothPass.pass_hash == bindparam("pass_hash"))
)


def open_for(voter: Voter) -> str:
    """Open a booth for a voter and return what the cookie is to hold."""
    token = secrets.token_hex(16)
    with transaction.deed() as session:
        session.add(BoothPass(pass_hash=_hash(token), voter_id=voter.id))
    return token


def find_voter(token: str) -> Voter | None:
    """Return who stands in the booth behind a pass; None where it has been closed."""
    return db.session.scalar(BEHIND_PASS, {"pass_hash": _hash(token)})


def close(token: str) -> None:
    """Close this one booth."""
    with transaction.deed() as session:
        session.execute(delete(BoothPass).where(BoothPass.pass_hash == _hash(token)))


def close_everywhere(token: str) -> None:
    """Close every booth of the voter behind a pass: whoever leaves has left."""
    whose = select(BoothPass.voter_id).where(BoothPass.pass_hash == _hash(token))
    with transaction.deed() as session:
        session.execute(delete(BoothPass).where(BoothPass.voter_id.in_(whose)))


def forget(session: Session, budget_round: BudgetRound) -> None:
    """Close every booth of a round whose box is being sealed."""
    on_roll = select(Voter.id).where(Voter.round_id == budget_round.id)
    session.execute(delete(BoothPass).where(BoothPass.voter_id.in_(on_roll)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
