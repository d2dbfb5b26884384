"""The rulebook as values: everything that is decided before a round opens.

Its canonical JSON is what is frozen and fingerprinted, so a field that is added
here becomes part of the promise made to the citizens.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from budgeting import canonical
from budgeting.vocabulary import (
    BallotType,
    Comparison,
    Completion,
    PaperVotes,
    Publication,
    Rule,
    Stop,
    Utility,
    WaysIn,
)

FORMAT = "borgerbudget-rulebook-1"
# Came after the first rulebooks were frozen: written only where they say something, so that
# the old ones are still the one form of what they say.
LATER: dict[str, dict[str, object]] = {
    "ballot": {
        "votes_each": 0,
        "most_per_project": 0,
        "lowest_points": 0,
        "highest_points": 0,
        "must_score_all": False,
    },
    "tally": {"reserve_percent": 0, "in_part": False, "has_groups": False, "caps": ()},
}
# Fewer people than this never stand in a table as a number of their own.
SMALLEST_GROUP = 5


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """When each phase begins; every moment is in UTC."""

    proposing_opens: datetime
    proposing_closes: datetime
    presenting_opens: datetime
    voting_opens: datetime
    voting_closes: datetime
    realising_ends: datetime


@dataclass(frozen=True, kw_only=True)
class PotRule:
    """A pot: its name, its sum in oere and the area it is for (None: everyone)."""

    name: str
    budget_limit_oere: int
    area: str | None


@dataclass(frozen=True, kw_only=True)
class BallotRule:
    """What a valid ballot is: its type, and how many projects it may name (0: as many as stand).

    ``votes_each`` and ``most_per_project`` are for cumulative ballots, the scale and whether
    every project must be scored for scoring. A knapsack's limit is the sum of its pot.
    """

    ballot_type: BallotType
    min_choices: int
    max_choices: int
    votes_each: int = 0
    most_per_project: int = 0
    lowest_points: int = 0
    highest_points: int = 0
    must_score_all: bool = False


@dataclass(frozen=True, kw_only=True)
class CapRule:
    """At most so much of a pot for one ``area`` or one ``category``, whichever ``kind`` says."""

    pot: str
    kind: str
    name: str
    limit_oere: int


@dataclass(frozen=True, kw_only=True)
class TallyRule:
    """How ballots are counted, in the tally's words; ``ties`` is the chain in order.

    ``comparison`` is for equal shares, and what follows is for greedy, where 0 asks for
    nothing. The first project that does not fit gets its money from a reserve if at least
    ``reserve_percent`` of it is left, or ``in_part`` the rest if its proposer accepts that;
    ``has_groups`` says that projects may exclude each other.
    """

    rule: Rule
    utility: Utility
    completion: Completion
    stop: Stop
    ties: tuple[str, ...]
    comparison: Comparison = Comparison.NONE
    no_skip: bool = False
    least_votes: int = 0
    least_percent: int = 0
    reserve_percent: int = 0
    in_part: bool = False
    has_groups: bool = False
    caps: tuple[CapRule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """All the rules of one round."""

    title: str
    currency: str
    areas: tuple[str, ...]
    pots: tuple[PotRule, ...]
    min_age: int
    ballot: BallotRule
    tally: TallyRule
    timetable: Timetable
    officers: int
    officers_needed: int
    key_fingerprints: tuple[str, ...] = ()
    keys_in_files: bool = False
    objection_days: int = 28
    publication: Publication = Publication.FULL
    smallest_group: int = SMALLEST_GROUP
    ways_in: WaysIn = WaysIn.CODES
    paper_votes: PaperVotes = PaperVotes.NONE
    lot_commitment: str


def to_json(rulebook: Rulebook) -> str:
    """Write the rulebook in its one canonical form."""
    content = asdict(rulebook) | {"format": FORMAT}
    content["timetable"] = {
        name: moment.isoformat() for name, moment in content["timetable"].items()
    }
    for part, later in LATER.items():
        for name, nothing in later.items():
            if content[part][name] == nothing:
                del content[part][name]
    return canonical.encode(_plain(content)).decode()


def from_json(text: str) -> Rulebook:
    """Read a rulebook back from its canonical form."""
    content = canonical.decode(text.encode())
    assert isinstance(content, dict)
    return Rulebook(
        title=content["title"],
        currency=content["currency"],
        areas=tuple(content["areas"]),
        pots=tuple(PotRule(**pot) for pot in content["pots"]),
        min_age=content["min_age"],
        ballot=_ballot_rule(content["ballot"]),
        tally=_tally_rule(content["tally"]),
        timetable=Timetable(
            **{name: datetime.fromisoformat(at) for name, at in content["timetable"].items()}
        ),
        officers=content["officers"],
        officers_needed=content["officers_needed"],
        key_fingerprints=tuple(content["key_fingerprints"]),
        keys_in_files=content["keys_in_files"],
        objection_days=content["objection_days"],
        publication=Publication(content["publication"]),
        smallest_group=content["smallest_group"],
        ways_in=WaysIn(content["ways_in"]),
        paper_votes=PaperVotes(content.get("paper_votes", PaperVotes.NONE)),
        lot_commitment=content["lot_commitment"],
    )


def fingerprint(text: str) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    return canonical.fingerprint(text.encode())


def _ballot_rule(content: dict[str, Any]) -> BallotRule:
    return BallotRule(**content | {"ballot_type": BallotType(content["ballot_type"])})


def _tally_rule(content: dict[str, Any]) -> TallyRule:
    return TallyRule(
        rule=Rule(content["rule"]),
        utility=Utility(content["utility"]),
        completion=Completion(content["completion"]),
        stop=Stop(content["stop"]),
        ties=tuple(content["ties"]),
        comparison=Comparison(content.get("comparison", Comparison.NONE)),
        no_skip=content.get("no_skip", False),
        least_votes=content.get("least_votes", 0),
        least_percent=content.get("least_percent", 0),
        reserve_percent=content.get("reserve_percent", 0),
        in_part=content.get("in_part", False),
        has_groups=content.get("has_groups", False),
        caps=tuple(CapRule(**cap) for cap in content.get("caps", ())),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value
