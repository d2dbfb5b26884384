"""What an import would do to the roll: who is new, who is changed, and which lines may not be.

The same identifier is the same person: a file that is read again changes people and never
takes anybody off the roll.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import CompoundSelect, select, union
from sqlalchemy.orm import Session

from budgeting.ballotbox import roll_pseudonyms
from budgeting.models import BudgetRound, Envelope, PaperMark, Pot, RollKey, Voter
from budgeting.services import civil_numbers
from budgeting.services.roll_reading import RefusedLine, RollLine, RollReading
from budgeting.services.roll_refusals import HasVoted


@dataclass(frozen=True)
class OnRoll:
    """A person as the roll has them now."""

    voter_id: int
    birth_date: date | None = field(repr=False)
    area_id: int | None
    addressee: str | None = field(repr=False)


@dataclass(frozen=True)
class Roll:
    """The people on a roll: by number where it is kept, and by pseudonym where it is not."""

    by_number: Mapping[str, OnRoll] = field(repr=False)
    by_pseudonym: Mapping[str, OnRoll] = field(repr=False)
    numbers: frozenset[str] = field(repr=False)
    voted: frozenset[int] = field(repr=False)
    secret: bytes | None = field(repr=False)
    hides_numbers: bool

    def find(self, identifier: str) -> OnRoll | None:
        """Return the person with this identifier, however it was kept."""
        kept = self.by_number.get(identifier)
        if kept is not None or self.secret is None:
            return kept
        return self.by_pseudonym.get(pseudonym(identifier, self.secret))


@dataclass(frozen=True)
class Plan:
    """What is to be done; `hides_numbers` where no identifier of the file may be kept."""

    new: tuple[RollLine, ...]
    changed: tuple[tuple[OnRoll, RollLine], ...]
    unchanged: int
    refused: tuple[RefusedLine, ...]
    hides_numbers: bool
    columns: frozenset[str]


def pseudonym(identifier: str, secret: bytes) -> str:
    """Return what stands for an identifier, however it was spelled."""
    return roll_pseudonyms.of_number(civil_numbers.as_written_in_full(identifier), secret)


def roll_of(session: Session, budget_round: BudgetRound) -> Roll:
    """Return the roll as it is now."""
    columns = (Voter.roll_number, Voter.pseudonym, Voter.id, Voter.birth_date)
    people = session.execute(
        select(*columns, Voter.area_id, Voter.addressee).where(Voter.round_id == budget_round.id)
    ).all()
    key = session.get(RollKey, budget_round.id)
    return Roll(
        by_number={row[0]: OnRoll(*row[2:]) for row in people if row[1] is None},
        by_pseudonym={row[1]: OnRoll(*row[2:]) for row in people if row[1] is not None},
        numbers=frozenset(row[0] for row in people),
        voted=frozenset(session.scalars(voted(budget_round))),
        secret=key.secret if key else None,
        hides_numbers=key is not None and key.hides_numbers,
    )


def voted(budget_round: BudgetRound) -> CompoundSelect[int]:
    """Return the question for everyone who has handed in a vote, here or on paper."""
    online = select(Envelope.voter_id).join(Pot, Envelope.pot_id == Pot.id)
    on_paper = select(PaperMark.voter_id).join(Pot, PaperMark.pot_id == Pot.id)
    here = Pot.round_id == budget_round.id
    return union(online.where(here), on_paper.where(here))


def of(reading: RollReading, roll: Roll) -> Plan:
    """Hold what was read against the roll."""
    new, changed, refused, unchanged = [], [], [], 0
    for line in reading.lines:
        known = roll.find(line.identifier)
        if known is None:
            new.append(line)
        elif not _differs(known, line, reading.columns):
            unchanged += 1
        elif known.voter_id in roll.voted and _moves(known, line, reading.columns):
            refused.append(RefusedLine(line.line, HasVoted()))
        else:
            changed.append((known, line))
    return Plan(
        new=tuple(new),
        changed=tuple(changed),
        unchanged=unchanged,
        refused=_in_order((*reading.refused, *refused)),
        hides_numbers=roll.hides_numbers or reading.has_civil_numbers,
        columns=reading.columns,
    )


def values_of(line: RollLine, columns: frozenset[str]) -> dict[str, object]:
    """Return what the file says of a person; a column it does not have says nothing."""
    return {name: getattr(line, name) for name in names_of(columns)}


def names_of(columns: frozenset[str]) -> tuple[str, ...]:
    """Return what of a person a file with these columns speaks of."""
    spoken_of = {
        "birth_date": "birth_date" in columns,
        "area_id": "area" in columns,
        "addressee": bool(columns & {"name", "street", "town"}),
    }
    return tuple(name for name, is_there in spoken_of.items() if is_there)


def _differs(known: OnRoll, line: RollLine, columns: frozenset[str]) -> bool:
    return any(getattr(known, name) != said for name, said in values_of(line, columns).items())


def _moves(known: OnRoll, line: RollLine, columns: frozenset[str]) -> bool:
    """Whether it changes which pots the person votes about."""
    said = values_of(line, columns)
    said.pop("addressee", None)
    return any(getattr(known, name) != value for name, value in said.items())


def _in_order(refused: Iterable[RefusedLine]) -> tuple[RefusedLine, ...]:
    found: Sequence[RefusedLine] = sorted(refused, key=lambda one: one.line)
    return tuple(found)
