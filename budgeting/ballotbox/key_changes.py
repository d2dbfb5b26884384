"""A note that the house's key was changed: the old one's last word on a board, pinned by the new.

The old key is lost, so only the new one can sign. Whoever keeps heads can see from the note which
head was the last one under the old key, and that everything after it builds on that very head.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from budgeting import canonical
from budgeting.ballotbox import signed_texts
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

KIND = "key change"
_NAMED = "borgerbudget key change 1"
_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class ChangeForged(Refusal):
    """The signature does not fit, or what was signed is not a note of this kind."""

    message = N_("Underskriften under skiftet af nøgle passer ikke.")


@dataclass(frozen=True)
class KeyChange:
    """After head ``number`` of a pot, with this size and root, the new key signs."""

    budget_round: str
    pot: str
    number: int
    size: int
    root: bytes
    old_key: bytes
    new_key: bytes
    time: datetime

    def to_bytes(self) -> bytes:
        """The canonical JSON that is signed and published."""
        return canonical.encode(
            {
                "kind": _NAMED,
                "round": self.budget_round,
                "pot": self.pot,
                "number": self.number,
                "size": self.size,
                "root": self.root.hex(),
                "old_key": self.old_key.hex(),
                "new_key": self.new_key.hex(),
                "time": self.time.astimezone(UTC).strftime(_TIME_FORMAT),
            }
        )


def sign(change: KeyChange, new_signing_key: bytes) -> bytes:
    """The new key's signature (64 bytes) under the note."""
    return signed_texts.sign(KIND, change.to_bytes(), new_signing_key)


def verify(text: bytes, signature: bytes) -> KeyChange:
    """The note, signed by the new key it speaks of; raises ChangeForged.

    Whether that key is the house's is for the caller to know.
    """
    try:
        change = _read(canonical.decode(text))
        signed_texts.verify(KIND, text, signature, change.new_key)
        is_exact = change.to_bytes() == text
    except (signed_texts.TextForged, ValueError, KeyError, TypeError, AttributeError):
        raise ChangeForged from None
    if not is_exact:
        raise ChangeForged
    return change


def _read(spelled: dict[str, str]) -> KeyChange:
    return KeyChange(
        budget_round=spelled["round"],
        pot=spelled["pot"],
        number=int(spelled["number"]),
        size=int(spelled["size"]),
        root=bytes.fromhex(spelled["root"]),
        old_key=bytes.fromhex(spelled["old_key"]),
        new_key=bytes.fromhex(spelled["new_key"]),
        time=datetime.strptime(spelled["time"], _TIME_FORMAT).replace(tzinfo=UTC),
    )
