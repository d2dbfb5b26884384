"""What is decided before the count: rule, utility, completion, and how ties end.

Everything is a plain value, so that a rulebook can store it, print it and hash it.
"""

from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from typing import Any

from budgeting.vocabulary import Completion, Rule, Stop, Utility

DEFAULT_TIES = "cost,votes,id"


class UnfitSettings(ValueError):
    """The settings do not go together, or do not suit the ballots; the text says why."""


@dataclass(frozen=True, slots=True)
class Cap:
    """At most ``limit`` money for the projects of one area or one category."""

    kind: str
    name: str
    limit: int

    def __post_init__(self) -> None:
        """Refuse caps on anything but areas and categories."""
        if self.kind not in ("area", "category"):
            raise UnfitSettings(f"a cap is on an area or a category, not on {self.kind!r}")
        if self.limit < 0:
            raise UnfitSettings("a cap cannot be below zero")


@dataclass(frozen=True, slots=True)
class GreedyOptions:
    """What real rulebooks add to "most votes first"; the defaults add nothing.

    no_skip           stop at the first project that does not fit
    least_votes       fewer supporters than this are not funded
    least_points      a lower sum of points (or of utility) than this is not funded
    least_share       a smaller share of the voters than this, "1/20", is not funded
    reserve_share     no-skip, but the first that does not fit is funded from a reserve
                      if what is left is at least this share of its cost ("4/5": Poznan)
    exclusive_groups  of each group at most one project is funded
    accepts_partly    (project id, least amount its proposer accepts): the first that
                      does not fit gets the rest if the rest reaches that amount
    caps              most money per area or category
    """

    no_skip: bool = False
    least_votes: int | None = None
    least_points: int | None = None
    least_share: str | None = None
    reserve_share: str | None = None
    exclusive_groups: tuple[tuple[str, ...], ...] = ()
    accepts_partly: tuple[tuple[str, int], ...] = ()
    caps: tuple[Cap, ...] = ()

    def __post_init__(self) -> None:
        """Refuse shares that are no fractions between 0 and 1."""
        for name in ("least_share", "reserve_share"):
            share = getattr(self, name)
            if share is not None and not 0 <= as_fraction(share) <= 1:
                raise UnfitSettings(f"{name} must lie between 0 and 1, not {share}")


def as_fraction(text: str) -> Fraction:
    """Read "4/5" or "0.8" exactly."""
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise UnfitSettings(f"{text!r} is not a fraction like 4/5") from error


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """How the ballots are counted.

    increment  what one raise of add1 adds to each voter, in smallest units; None means
               one whole unit of the currency
    ties       comma-separated chain of id, cost, votes, lot:SEED; each link settles what
               the links before it left open, and the project id settles the rest
    compare    equal shares only: "number" or "cost" of chosen projects that voters
               prefer the outcome by when it is held against the greedy one
    skip       phragmen only: pass over what does not fit instead of stopping
    most_runs  add1 stops after so many raises and says so
    """

    rule: Rule
    utility: Utility = Utility.COST
    completion: Completion = Completion.NONE
    stop: Stop = Stop.OVER_BUDGET
    increment: int | None = None
    ties: str = DEFAULT_TIES
    compare: str | None = None
    skip: bool = False
    most_runs: int = 1_000_000
    greedy: GreedyOptions = GreedyOptions()

    def __post_init__(self) -> None:
        """Read plain strings as words of the vocabulary and refuse unknown ones."""
        for name, words in _WORDS.items():
            try:
                object.__setattr__(self, name, words(getattr(self, name)))
            except ValueError as error:
                known = ", ".join(words)
                raise UnfitSettings(
                    f"unknown {name} {getattr(self, name)!r}; known: {known}"
                ) from error
        if self.increment is not None and self.increment <= 0:
            raise UnfitSettings("the increment must be above zero")
        if self.compare not in (None, "number", "cost"):
            raise UnfitSettings("compare is by number or by cost")

    def to_json(self) -> dict[str, Any]:
        """Plain values for json.dumps; ``from_json`` reads them back."""
        plain = asdict(self)
        return {key: str(value) if key in _WORDS else value for key, value in plain.items()}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "RuleSettings":
        """Read what ``to_json`` wrote; unknown keys are refused."""
        unknown = set(plain) - {one.name for one in fields(cls)}
        if unknown:
            raise UnfitSettings(f"unknown settings: {', '.join(sorted(unknown))}")
        values = dict(plain)
        values["greedy"] = _greedy_from_json(values.get("greedy") or {})
        return cls(**values)


_WORDS: dict[str, Any] = {
    "rule": Rule,
    "utility": Utility,
    "completion": Completion,
    "stop": Stop,
}


def _greedy_from_json(plain: dict[str, Any]) -> GreedyOptions:
    values = dict(plain)
    for name in ("exclusive_groups", "accepts_partly"):
        values[name] = tuple(tuple(one) for one in values.get(name, ()))
    values["caps"] = tuple(Cap(**cap) for cap in values.get("caps", ()))
    return GreedyOptions(**values)
