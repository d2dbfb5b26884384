"""Opening a sealed box: every envelope is opened, checked and made nameless."""

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.ballotbox import ballot_coding, board, sealing
from budgeting.ballotbox.envelope import EnvelopeRefused
from budgeting.ballotbox.officer_keys import PrivateKey
from budgeting.models import BoardEntry, Envelope, Pot
from budgeting.refusals import Refusal
from budgeting.rulebook import ballots as ballot_rules
from budgeting.rulebook.ballots import Paper
from budgeting.rulebook.rules import BallotRule
from budgeting.services import boxes
from budgeting.vocabulary import N_

BALLOT_ID_BYTES = 16
# So many envelopes are held in memory at once, and opened between two looks at how far it is.
AT_A_TIME = 500


class NotOnTheBoard(EnvelopeRefused):
    """The envelope was never handed in: the board knows nothing of it."""

    message = N_("Kuverten står ikke på listen over afleverede kuverter. Den er ikke talt med.")


class LaidInTwice(EnvelopeRefused):
    """The same envelope lies in another voter's place too."""

    message = N_("Kuverten ligger i urnen to gange. Den er kun talt med én gang.")


@dataclass(frozen=True, slots=True, repr=False)
class Nameless:
    """A ballot as it is kept: a random id, and what was chosen."""

    id: str
    choices: tuple[str, ...]
    points: tuple[int, ...] | None

    def row(self, pot_id: int) -> dict[str, Any]:
        """Return the columns of its row."""
        points = None if self.points is None else list(self.points)
        return {"id": self.id, "pot_id": pot_id, "choices": list(self.choices), "points": points}


@dataclass(frozen=True, repr=False)
class OpenedBox:
    """What came out of a box: nameless ballots, how many envelopes went in, why some were refused.

    ``refused`` counts by the name of the reason, never beside a voter.
    """

    pot_id: int
    envelopes_in: int
    ballots: tuple[Nameless, ...]
    refused: Mapping[str, int]


def open_box(
    session: Session,
    pot: Pot,
    rule: BallotRule,
    keys: Mapping[int, PrivateKey],
    progress: Callable[[int], None] = lambda _opened: None,
) -> OpenedBox:
    """Open every envelope of a pot; the ballots come in an order that tells nothing.

    Each ballot gets a random id and they are sorted by it, so neither the order of voting
    nor the order of the roll is left. A ballot that breaks the rulebook is left out and
    counted as invalid, and so is an envelope that was altered, that does not stand on the
    board, or that lies there twice: the keys were checked before the first one.
    ``progress`` is told now and then how many envelopes have been opened since it was last told.
    """
    context, paper = boxes.context_of(session, pot), boxes.paper_of(session, pot)
    not_opened_yet = _entries_of(session, pot)
    pot_id, envelopes = pot.id, 0
    found: list[Nameless] = []
    refused: Counter[str] = Counter()
    for page in _pages(session, pot_id):
        for sealed in page:
            try:
                take_off(not_opened_yet, sealed)
                found.append(nameless(open_one(sealed, keys, context, rule, paper)))
            except Refusal as reason:
                refused[type(reason).__name__] += 1
        envelopes += len(page)
        progress(len(page))
    found.sort(key=lambda ballot: ballot.id)
    return OpenedBox(pot_id, envelopes, tuple(found), refused)


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


def take_off(not_opened_yet: dict[bytes, bool], sealed: bytes) -> None:
    """See that the envelope was handed in, and that it is opened only once."""
    entry = board.entry_of(sealed)
    if entry not in not_opened_yet:
        raise NotOnTheBoard()
    if not not_opened_yet[entry]:
        raise LaidInTwice()
    not_opened_yet[entry] = False


def nameless(choices: ballot_coding.Choices) -> Nameless:
    """Return a ballot under a random id."""
    return Nameless(
        id=secrets.token_hex(BALLOT_ID_BYTES), choices=choices.projects, points=choices.points
    )


def _pages(session: Session, pot_id: int) -> Iterator[list[bytes]]:
    """Yield the envelopes, some at a time: a town's would fill the memory."""
    last = 0
    inside = select(Envelope.voter_id, Envelope.sealed).where(Envelope.pot_id == pot_id)
    in_order = inside.order_by(Envelope.voter_id).limit(AT_A_TIME)
    while rows := session.execute(in_order.where(Envelope.voter_id > last)).all():
        last = rows[-1].voter_id
        yield [row.sealed for row in rows]


def _entries_of(session: Session, pot: Pot) -> dict[bytes, bool]:
    """Return every entry of the pot's board, and that it has not been opened yet."""
    entries = session.scalars(select(BoardEntry.entry).where(BoardEntry.pot_id == pot.id))
    return dict.fromkeys(map(bytes.fromhex, entries), True)
