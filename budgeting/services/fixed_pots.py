"""What is fixed about a pot before anybody votes there: who locks its envelopes, what stands on it.

It is read once and kept in memory under the fingerprint of the rules that fix it, so that a
vote does not ask for it again.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from budgeting.models import BallotBox, Pot
from budgeting.rulebook.ballots import Paper
from budgeting.services import boxes

MOST_KEPT = 64

_kept: dict[tuple[str, int], "FixedPot"] = {}


@dataclass(frozen=True)
class FixedPot:
    """The officers' keys in their order, what envelopes are bound to, their size, the ballot."""

    public_keys: tuple[bytes, ...]
    context: bytes
    envelope_size: int
    paper: Paper


def of(session: Session, pot: Pot, fingerprint: str) -> FixedPot:
    """Return what is fixed about a pot under the rules with this fingerprint."""
    found = _kept.get((fingerprint, pot.id))
    if found is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found = _kept[fingerprint, pot.id] = _read(session, pot, fingerprint)
    return found


def _read(session: Session, pot: Pot, fingerprint: str) -> FixedPot:
    return FixedPot(
        tuple(key.public_key for key in boxes.officer_keys(session, pot.budget_round)),
        boxes.context(fingerprint, pot),
        session.get_one(BallotBox, pot.id).envelope_size,
        boxes.paper_of(session, pot),
    )
