"""What is fixed about a round before anybody votes: its rules, who locks the envelopes, the ballots.

It is read once and kept in memory under the rules' fingerprint, so that a vote asks the database
for the fingerprint only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from budgeting.ballotbox import officer_keys
from budgeting.models import Area, BallotBox, BudgetRound, Pot, RulebookVersion
from budgeting.rulebook import voters
from budgeting.rulebook.ballots import Paper
from budgeting.rulebook.rules import PotRule, Rulebook
from budgeting.services import boxes, rounds

MOST_KEPT = 16
NEWEST_FINGERPRINT = (
    select(RulebookVersion.fingerprint)
    .where(RulebookVersion.round_id == bindparam("round_id"))
    .order_by(RulebookVersion.number.desc())
    .limit(1)
)

_kept: dict[tuple[int, str], "FixedRound"] = {}


@dataclass(frozen=True)
class FixedPot:
    """A pot with a box: its rule, its ballot, what envelopes are bound to, and their size."""

    id: int
    rule: PotRule
    paper: Paper
    context: bytes
    envelope_size: int


@dataclass(frozen=True)
class FixedRound:
    """The rules in force, the officers' keys in their order, the pots with a box, the areas."""

    rulebook: Rulebook
    fingerprint: str
    public_keys: tuple[bytes, ...]
    pots: Mapping[int, FixedPot]
    areas: Mapping[int, str]

    @cached_property
    def has_promised_keys(self) -> bool:
        """Whether the officers' keys are those the rules were frozen with."""
        found = tuple(map(officer_keys.fingerprint, self.public_keys))
        return found == self.rulebook.key_fingerprints

    def pots_for(self, birth_date: date | None, area_id: int | None) -> tuple[int, ...]:
        """Return the ids of the pots with a ballot for a voter, in the round's order."""
        area = None if area_id is None else self.areas.get(area_id)
        return tuple(
            pot.id
            for pot in self.pots.values()
            if voters.may_vote_about(self.rulebook, pot.rule, birth_date=birth_date, area=area)
        )


def of(session: Session, round_id: int) -> FixedRound:
    """Return what is fixed about an opened round; it is kept once it has boxes to vote in,
    and only with the keys its rules promise.
    """
    fingerprint = session.connection().scalar(NEWEST_FINGERPRINT, {"round_id": round_id})
    found = _kept.get((round_id, fingerprint or ""))
    if found is None:
        found = _read(session, round_id)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        if found.pots and found.has_promised_keys:
            _kept[round_id, found.fingerprint] = found
    return found


def _read(session: Session, round_id: int) -> FixedRound:
    session.flush()
    budget_round = session.get_one(BudgetRound, round_id)
    frozen = rounds.frozen_rules(session, round_id)
    areas = session.execute(select(Area.id, Area.name).where(Area.round_id == round_id))
    return FixedRound(
        frozen.rulebook,
        frozen.fingerprint,
        tuple(key.public_key for key in boxes.officer_keys(session, budget_round)),
        {pot.id: pot for pot in _pots(session, budget_round, frozen)},
        dict(areas.all()),
    )


def _pots(
    session: Session, budget_round: BudgetRound, frozen: rounds.FrozenRules
) -> Iterator[FixedPot]:
    rules = {rule.name: rule for rule in frozen.rulebook.pots}
    with_box = select(Pot, BallotBox).join(BallotBox, BallotBox.pot_id == Pot.id)
    found = session.execute(with_box.where(Pot.round_id == budget_round.id).order_by(Pot.id))
    for pot, box in found:
        yield FixedPot(
            pot.id,
            rules[pot.name],
            boxes.paper_of(session, pot),
            boxes.context(frozen.fingerprint, pot),
            box.envelope_size,
        )
