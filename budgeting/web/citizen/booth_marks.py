"""What a voter has put on the ballot so far: as it was typed, and as the rulebook reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from budgeting.rulebook import ballots
from budgeting.rulebook.rules import BallotRule
from budgeting.vocabulary import BallotType
from budgeting.web.citizen.booth_forms import BallotForm
from budgeting.web.citizen.booth_moves import Move

STEPS = {"more": 1, "less": -1}
LONGEST = 7


@dataclass(frozen=True, repr=False)
class Marks:
    """Projects and the points beside them; ``typed`` is what stands in the fields, right or wrong."""

    choices: tuple[str, ...]
    points: tuple[int, ...] | None = None
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> tuple[str, ...]:
        """Every project that something is put at."""
        return tuple(self.typed) or self.choices

    @property
    def given(self) -> int:
        """How many votes or points are given in all."""
        return sum(self.points or ())

    def refuse_unreadable(self) -> None:
        """Refuse what was typed where it is no number."""
        if any(number(text) is None for text in self.typed.values()):
            raise ballots.NotAWholeNumber()


def read(form: BallotForm, rule: BallotRule, move: Move | None = None) -> Marks:
    """Return what the form holds; a vote of nothing is no vote, and a move is made before."""
    if rule.ballot_type not in ballots.WITH_POINTS:
        return Marks(form.choices.data)
    typed = _stepped(form.points.data, rule, move)
    read_as = {project: number(text) for project, text in typed.items()}
    least = 1 if rule.ballot_type is BallotType.CUMULATIVE else 0
    kept = {
        one: points for one, points in read_as.items() if points is not None and points >= least
    }
    shown = {one: text for one, text in typed.items() if one in kept or read_as[one] is None}
    return Marks(tuple(kept), tuple(kept.values()), shown)


def number(text: str) -> int | None:
    """Return the whole number that was typed, or None where it is none."""
    is_number = text.isascii() and text.isdigit() and len(text) < LONGEST
    return int(text) if is_number else None


def _stepped(typed: Mapping[str, str], rule: BallotRule, move: Move | None) -> dict[str, str]:
    """Return the fields after a press on plus or minus; one that leads too far changes nothing."""
    after = dict(typed)
    if move is None or move.verb not in STEPS:
        return after
    wanted = (number(after.get(move.project, "")) or 0) + STEPS[move.verb]
    spent = sum(number(text) or 0 for text in typed.values()) + STEPS[move.verb]
    if move.verb == "less" or (wanted <= rule.most_per_project and spent <= rule.votes_each):
        after[move.project] = str(max(wanted, 0))
    return after
