"""Opening a sealed box: every envelope is opened, checked and made nameless."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.ballotbox import ballot_coding, sealing
from budgeting.ballotbox.officer_keys import PrivateKey
from budgeting.models import Ballot, Envelope, Pot
from budgeting.refusals import Refusal
from budgeting.rulebook import ballots as ballot_rules
from budgeting.rulebook.ballots import Paper
from budgeting.rulebook.rules import BallotRule
from budgeting.services import boxes

BALLOT_ID_BYTES = 16


@dataclass(frozen=True, repr=False)
class OpenedBox:
    """What came out of a box: nameless ballots, and how many envelopes went in."""

    pot: Pot
    envelopes_in: int
    ballots: tuple[Ballot, ...]

    @property
    def invalid(self) -> int:
        """How many envelopes held no valid ballot."""
        return self.envelopes_in - len(self.ballots)


def open_box(
    session: Session, pot: Pot, rule: BallotRule, keys: Mapping[int, PrivateKey]
) -> OpenedBox:
    """Open every envelope of a pot; the ballots come in an order that tells nothing.

    Each ballot gets a random id and they are sorted by it, so neither the order of voting
    nor the order of the roll is left. A ballot that breaks the rulebook is left out and
    counted as invalid, and so is an envelope that was altered: the keys were checked
    before the first one.
    """
    envelopes = session.scalars(select(Envelope.sealed).where(Envelope.pot_id == pot.id)).all()
    context = boxes.context_of(session, pot)
    paper = boxes.paper_of(session, pot)
    opened = (_open_one(sealed, keys, context, rule, paper) for sealed in envelopes)
    found = [_nameless(pot, choices) for choices in opened if choices is not None]
    found.sort(key=lambda ballot: ballot.id)
    return OpenedBox(pot, len(envelopes), tuple(found))


def _open_one(
    sealed: bytes,
    keys: Mapping[int, PrivateKey],
    context: bytes,
    rule: BallotRule,
    paper: Paper,
) -> ballot_coding.Choices | None:
    try:
        choices = ballot_coding.decode(sealing.open_sealed(sealed, keys, context), rule.ballot_type)
        ballot_rules.check(choices.projects, rule, paper, choices.points)
    except Refusal:
        return None
    return choices


def _nameless(pot: Pot, choices: ballot_coding.Choices) -> Ballot:
    return Ballot(
        id=secrets.token_hex(BALLOT_ID_BYTES),
        pot_id=pot.id,
        choices=list(choices.projects),
        points=list(choices.points) if choices.points is not None else None,
    )
