"""What a count answers: the funded projects, every step, and a reason for each project."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from budgeting.tally.settings import RuleSettings
from budgeting.vocabulary import ReasonKind


@dataclass(frozen=True, slots=True)
class TieMet:
    """Two or more projects stood exactly level, and which link of the chain decided."""

    step: int
    project_ids: tuple[str, ...]
    value: Fraction
    link: str
    chosen: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the rule did: a project taken, or looked at and passed over.

    ``score`` is the rule's own number, greater is better (see ``Reason.score``).
    ``note`` is "funded", "passed_over", "in_part", "reserve", "completion" and so on.
    """

    number: int
    project_id: str
    note: str
    score: Fraction | None
    cost: int
    left_before: int
    left_after: int
    runner_up: str | None = None
    runner_up_score: Fraction | None = None
    ran_out: int | None = None

    @property
    def is_funded(self) -> bool:
        """Whether this step gave the project money."""
        return self.left_after != self.left_before or self.note in _PAYING

    @property
    def paid(self) -> int:
        """What the step took from the budget limit."""
        return self.left_before - self.left_after


_PAYING = frozenset({"funded", "in_part", "reserve", "completion"})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one project was funded or not.

    score             the rule's own number, greater is better: utility per smallest unit
                      for greedy, 1/rho for equal-shares (with utility cost: the effective
                      number of votes), 1/load for phragmen
    position          place in the order of funding, from 1; None if not funded
    step              number of the step at which it was funded or fell
    left_before       what was left of the budget limit when its turn came
    supporters_money  equal-shares: what its supporters had together when it fell
    missing           smallest units short: of the budget limit, or of supporters' money
    votes_missing     further votes for it alone that would have funded it, if known
    tied_with         projects it stood level with
    tie_link          the link of the chain that decided between them
    """

    project_id: str
    kind: ReasonKind
    votes: int
    score: Fraction | None
    position: int | None
    step: int | None
    left_before: int | None
    cost: int
    supporters_money: Fraction | None = None
    missing: int | None = None
    votes_missing: int | None = None
    tied_with: tuple[str, ...] = ()
    tie_link: str | None = None
    granted: int | None = None

    @property
    def is_funded(self) -> bool:
        """Whether the project gets money, all of it or a part."""
        return self.position is not None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of one count.

    winners     project ids in the order chosen
    left        budget limit less total cost
    increments  raises of add1 that were made, counting the one that went over the limit;
                None without add1
    raised_by   what each voter had on top of B/n in the outcome that stands
    remarks     what a reader must know, as short codes ("cap_on_runs_reached", ...)
    """

    winners: tuple[str, ...]
    total_cost: int
    budget_limit: int
    left: int
    voters: int
    steps: tuple[Step, ...]
    reasons: dict[str, Reason]
    ties: tuple[TieMet, ...]
    settings: RuleSettings
    increments: int | None = None
    raised_by: int = 0
    stopped_by: str | None = None
    remarks: tuple[str, ...] = ()
    certificate: dict[str, Any] | None = field(default=None, repr=False, compare=False)

    def to_json(self) -> dict[str, Any]:
        """Plain values for json.dumps; exact numbers become strings "num/den"."""
        return {
            "winners": list(self.winners),
            "total_cost": self.total_cost,
            "budget_limit": self.budget_limit,
            "left": self.left,
            "voters": self.voters,
            "increments": self.increments,
            "raised_by": self.raised_by,
            "stopped_by": self.stopped_by,
            "remarks": list(self.remarks),
            "ties": [_plain(tie) for tie in self.ties],
            "steps": [_plain(step) for step in self.steps],
            "reasons": {key: _plain(reason) for key, reason in self.reasons.items()},
            "settings": self.settings.to_json(),
        }

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> "Outcome":
        """Read back what ``to_json`` wrote."""
        reasons = {key: _read(Reason, one) for key, one in plain["reasons"].items()}
        return cls(
            winners=tuple(plain["winners"]),
            total_cost=plain["total_cost"],
            budget_limit=plain["budget_limit"],
            left=plain["left"],
            voters=plain["voters"],
            steps=tuple(_read(Step, step) for step in plain["steps"]),
            reasons=reasons,
            ties=tuple(_read(TieMet, tie) for tie in plain["ties"]),
            settings=RuleSettings.from_json(plain["settings"]),
            increments=plain.get("increments"),
            raised_by=plain.get("raised_by", 0),
            stopped_by=plain.get("stopped_by"),
            remarks=tuple(plain.get("remarks", ())),
        )


_EXACT = frozenset({"score", "value", "runner_up_score", "supporters_money"})


def exact_text(number: Fraction) -> str:
    """Write an exact number as "num/den", also when den is 1."""
    return f"{number.numerator}/{number.denominator}"


def _plain(value: Step | Reason | TieMet) -> dict[str, Any]:
    return {name: _plain_field(getattr(value, name)) for name in value.__slots__}


def _plain_field(value: Any) -> Any:
    if isinstance(value, Fraction):
        return exact_text(value)
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, ReasonKind) else value


def _read(kind: Any, plain: dict[str, Any]) -> Any:
    return kind(**{name: _read_field(name, value) for name, value in plain.items()})


def _read_field(name: str, value: Any) -> Any:
    if name in _EXACT and value is not None:
        return Fraction(value)
    if name == "kind":
        return ReasonKind(value)
    return tuple(value) if isinstance(value, list) else value
