"""What comes out of a box that was opened on another machine, as a file.

Equal ballots stand once, with how many there are, and all are sorted: so every honest opening
of the same box gives the same bytes, and their fingerprint can be compared aloud. Around them
stand the answers of the officers whose keys were there (opening_proof.py).

    {"answers":{"0":"...","2":"..."},"opened":{"format":...,"pots":[...],"round":...,"rulebook":...}}
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from budgeting import canonical
from budgeting.ballotbox import ballot_coding, crockford
from budgeting.ballotbox.ballot_coding import BallotUnreadable, Choices
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_, BallotType

FORMAT = "borgerbudget-opened-1"
_FINGERPRINT_SIGNS = 16
_MOST = 10_000_000
_ANSWER_HEX = 64


class OpenedUnreadable(Refusal):
    """The bytes are no file of an opened box."""

    message = N_("Filen er ikke en åbnet urne, eller den er ændret undervejs.")
    field = "file"


@dataclass(frozen=True, repr=False)
class OpenedPot:
    """One pot's box: which it was, how many envelopes went in, and the nameless ballots."""

    pot: str
    root: str
    envelopes: str
    envelopes_in: int
    ballots: tuple[tuple[Choices, int], ...]

    @property
    def valid(self) -> int:
        """How many ballots came out."""
        return sum(count for _, count in self.ballots)


@dataclass(frozen=True, repr=False)
class Opened:
    """All boxes of a round, opened under its rulebook's fingerprint."""

    budget_round: str
    rulebook: str
    pots: tuple[OpenedPot, ...]

    def to_bytes(self) -> bytes:
        """The canonical bytes the officers answer over."""
        return canonical.encode(
            {
                "format": FORMAT,
                "round": self.budget_round,
                "rulebook": self.rulebook,
                "pots": [_spelled(pot) for pot in self.pots],
            }
        )

    @property
    def fingerprint(self) -> str:
        """16 signs in four groups that two people can compare aloud."""
        number = int.from_bytes(hashlib.sha256(self.to_bytes()).digest(), "big")
        bits = _FINGERPRINT_SIGNS * crockford.BITS_IN_A_SIGN
        return crockford.in_groups(crockford.write(number >> (256 - bits), _FINGERPRINT_SIGNS))


def grouped(ballots: Iterable[Choices]) -> tuple[tuple[Choices, int], ...]:
    """The ballots, equal ones together, in an order that says nothing."""
    found: dict[bytes, list[Choices]] = {}
    for one in ballots:
        found.setdefault(ballot_coding.encode(one), []).append(one)
    return tuple((found[encoded][0], len(found[encoded])) for encoded in sorted(found))


def write(opened: Opened, answers: Mapping[int, bytes]) -> bytes:
    """The file."""
    return canonical.encode(
        {
            "opened": canonical.decode(opened.to_bytes()),
            "answers": {str(number): tag.hex() for number, tag in answers.items()},
        }
    )


def read(content: bytes, ballot_type: BallotType) -> tuple[Opened, dict[int, bytes]]:
    """What stands in the file, strictly; raises OpenedUnreadable."""
    try:
        spelled = canonical.decode(content)
        opened = _opened(spelled["opened"], ballot_type)
        answers = {int(number): _answer(tag) for number, tag in spelled["answers"].items()}
        is_exact = write(opened, answers) == content
    except (BallotUnreadable, AttributeError, KeyError, TypeError, ValueError):
        raise OpenedUnreadable from None
    if not is_exact:
        raise OpenedUnreadable
    return opened, answers


def _spelled(pot: OpenedPot) -> dict[str, Any]:
    return {
        "pot": pot.pot,
        "root": pot.root,
        "envelopes": pot.envelopes,
        "envelopes_in": pot.envelopes_in,
        "ballots": [
            [canonical.decode(ballot_coding.encode(choices)), count]
            for choices, count in pot.ballots
        ],
    }


def _opened(spelled: dict[str, Any], ballot_type: BallotType) -> Opened:
    if spelled["format"] != FORMAT:
        raise OpenedUnreadable
    return Opened(
        budget_round=str(spelled["round"]),
        rulebook=str(spelled["rulebook"]),
        pots=tuple(_pot(one, ballot_type) for one in spelled["pots"]),
    )


def _pot(spelled: dict[str, Any], ballot_type: BallotType) -> OpenedPot:
    ballots = tuple(_group(one, ballot_type) for one in spelled["ballots"])
    encoded = [ballot_coding.encode(choices) for choices, _ in ballots]
    if encoded != sorted(set(encoded)):
        raise OpenedUnreadable
    return OpenedPot(
        pot=str(spelled["pot"]),
        root=str(spelled["root"]),
        envelopes=str(spelled["envelopes"]),
        envelopes_in=_number(spelled["envelopes_in"], least=0),
        ballots=ballots,
    )


def _group(spelled: list[Any], ballot_type: BallotType) -> tuple[Choices, int]:
    choices, count = spelled
    decoded = ballot_coding.decode(canonical.encode(choices), ballot_type)
    return decoded, _number(count, least=1)


def _number(value: object, *, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _MOST:
        raise OpenedUnreadable
    return value


def _answer(text: str) -> bytes:
    if len(text) != _ANSWER_HEX:
        raise OpenedUnreadable
    return bytes.fromhex(text)


def round_of(content: bytes) -> str:
    """The round a file says it is of, before anything of it is believed."""
    try:
        return str(canonical.decode(content)["opened"]["round"])
    except (KeyError, TypeError, ValueError):
        raise OpenedUnreadable from None
