"""Opening a sealed box: every envelope is opened, checked and made nameless."""

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.ballotbox import ballot_coding, board, sealing
from budgeting.ballotbox.envelope import EnvelopeRefused
from budgeting.ballotbox.officer_keys import PrivateKey
from budgeting.models import Ballot, BoardEntry, Envelope, Pot
from budgeting.refusals import Refusal
from budgeting.rulebook import ballots as ballot_rules
from budgeting.rulebook.ballots import Paper
from budgeting.rulebook.rules import BallotRule
from budgeting.services import boxes
from budgeting.vocabulary import N_

BALLOT_ID_BYTES = 16


class NotOnTheBoard(EnvelopeRefused):
    """The envelope was never handed in: the board knows nothing of it."""

    message = N_("Kuverten står ikke på listen over afleverede kuverter. Den er ikke talt med.")


class LaidInTwice(EnvelopeRefused):
    """The same envelope lies in another voter's place too."""

    message = N_("Kuverten ligger i urnen to gange. Den er kun talt med én gang.")


@dataclass(frozen=True, repr=False)
class OpenedBox:
    """What came out of a box: nameless ballots, how many envelopes went in, why some were refused.

    ``refused`` counts by the name of the reason, never beside a voter.
    """

    pot: Pot
    envelopes_in: int
    ballots: tuple[Ballot, ...]
    refused: Mapping[str, int]

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
    counted as invalid, and so is an envelope that was altered, that does not stand on the
    board, or that lies there twice: the keys were checked before the first one.
    """
    envelopes = session.scalars(select(Envelope.sealed).where(Envelope.pot_id == pot.id)).all()
    context, paper = boxes.context_of(session, pot), boxes.paper_of(session, pot)
    not_opened_yet = _entries_of(session, pot)
    found: list[Ballot] = []
    refused: Counter[str] = Counter()
    for sealed in envelopes:
        try:
            take_off(not_opened_yet, sealed)
            found.append(nameless(pot, open_one(sealed, keys, context, rule, paper)))
        except Refusal as reason:
            refused[type(reason).__name__] += 1
    found.sort(key=lambda ballot: ballot.id)
    return OpenedBox(pot, len(envelopes), tuple(found), refused)


def open_one(
    sealed: bytes,
    keys: Mapping[int, PrivateKey],
    context: bytes,
    rule: BallotRule,
    paper: Paper,
) -> ballot_coding.Choices:
    """Return the valid choices in an envelope; raises a Refusal for any other envelope."""
    choices = ballot_coding.decode(sealing.open_sealed(sealed, keys, context), rule.ballot_type)
    ballot_rules.check(choices.projects, rule, paper, choices.points)
    return choices


def _entries_of(session: Session, pot: Pot) -> dict[bytes, bool]:
    """Return every entry of the pot's board, and that it has not been opened yet."""
    entries = session.scalars(select(BoardEntry.entry).where(BoardEntry.pot_id == pot.id))
    return dict.fromkeys(map(bytes.fromhex, entries), True)


def take_off(not_opened_yet: dict[bytes, bool], sealed: bytes) -> None:
    """See that the envelope was handed in, and that it is opened only once."""
    entry = board.entry_of(sealed)
    if entry not in not_opened_yet:
        raise NotOnTheBoard()
    if not not_opened_yet[entry]:
        raise LaidInTwice()
    not_opened_yet[entry] = False


def nameless(pot: Pot, choices: ballot_coding.Choices) -> Ballot:
    """Return a ballot under a random id."""
    return Ballot(
        id=secrets.token_hex(BALLOT_ID_BYTES),
        pot_id=pot.id,
        choices=list(choices.projects),
        points=list(choices.points) if choices.points is not None else None,
    )
