"""Turns what a rule did into an outcome: steps, and a reason for each project."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import Any

from budgeting.tally.electorate import Electorate
from budgeting.tally.outcome import Outcome, Reason, Step, TieMet
from budgeting.tally.settings import RuleSettings
from budgeting.vocabulary import ReasonKind


class Telling:
    """Collects steps and ties in order and answers with the outcome."""

    def __init__(self, electorate: Electorate, settings: RuleSettings) -> None:
        """Start with nothing told."""
        self.electorate = electorate
        self.settings = settings
        self.budget = electorate.instance.budget_limit
        self.steps: list[Step] = []
        self.ties: list[TieMet] = []
        self.ties_seen, self.tie_of = 0, dict[str, TieMet]()
        self.reasons: dict[int, Reason] = {}
        self.winners: list[int] = []
        self.remarks: list[str] = []

    @property
    def left(self) -> int:
        """What is left of the budget limit."""
        return self.budget - sum(self.electorate.costs[place] for place in self.winners)

    @property
    def number(self) -> int:
        """The number of the next step."""
        return len(self.steps) + 1

    def fund(
        self,
        place: int,
        score: Fraction,
        note: str = "funded",
        runner_up: tuple[int, Fraction] | None = None,
        ran_out: int | None = None,
    ) -> None:
        """A project is funded in full."""
        ids, cost, before = self.electorate.ids, self.electorate.costs[place], self.left
        self.winners.append(place)
        step = Step(
            number=self.number,
            project_id=ids[place],
            note=note,
            score=score,
            cost=cost,
            left_before=before,
            left_after=before - cost,
            runner_up=ids[runner_up[0]] if runner_up else None,
            runner_up_score=runner_up[1] if runner_up else None,
            ran_out=ran_out,
        )
        self.steps.append(step)
        self.reasons[place] = self.blank(
            place,
            ReasonKind.FUNDED,
            score=score,
            position=len(self.winners),
            step=step.number,
            left_before=before,
            granted=cost,
        )

    def pass_over(self, place: int, score: Fraction | None, note: str = "passed_over") -> None:
        """A project's turn comes and there is not enough left."""
        cost, left = self.electorate.costs[place], self.left
        step = Step(self.number, self.electorate.ids[place], note, score, cost, left, left)
        self.steps.append(step)
        lost = self._lost_tie(place)
        self.reasons[place] = self.blank(
            place,
            ReasonKind.LOST_TIE if lost else ReasonKind.DID_NOT_FIT,
            score=score,
            step=step.number,
            left_before=left,
            missing=max(0, cost - left),
        )

    def fall(self, place: int, step: int, money: Fraction, score: Fraction | None) -> None:
        """A project's supporters can no longer pay it."""
        tie = self._tie_of(place)
        lost = tie is not None and tie.step == step and tie.chosen != self.electorate.ids[place]
        self.reasons[place] = self.blank(
            place,
            ReasonKind.LOST_TIE if lost else ReasonKind.TOO_LITTLE_SUPPORT,
            score=score,
            step=step,
            supporters_money=money,
            missing=ceil(self.electorate.costs[place] - money),
        )

    def blank(self, place: int, kind: ReasonKind, **more: Any) -> Reason:
        """A reason with what is known of every project, and what else is."""
        electorate, tie = self.electorate, self._tie_of(place)
        project_id = electorate.ids[place]
        others = tuple(one for one in tie.project_ids if one != project_id) if tie else ()
        unknown = {"score": None, "position": None, "step": None, "left_before": None}
        return Reason(
            project_id=project_id,
            kind=kind,
            votes=electorate.votes[place],
            cost=electorate.costs[place],
            tied_with=others,
            tie_link=tie.link if tie else None,
            **unknown | more,
        )

    def _tie_of(self, place: int) -> TieMet | None:
        """The last tie a project was in."""
        for tie in self.ties[self.ties_seen :]:
            self.tie_of.update(dict.fromkeys(tie.project_ids, tie))
        self.ties_seen = len(self.ties)
        return self.tie_of.get(self.electorate.ids[place])

    def _lost_tie(self, place: int) -> bool:
        tie = self._tie_of(place)
        if tie is None or tie.chosen == self.electorate.ids[place]:
            return False
        left_then = next((one.left_before for one in self.steps if one.number == tie.step), 0)
        return self.electorate.costs[place] <= left_then

    def outcome(self, **more: Any) -> Outcome:
        """Everything told so far; whoever has no reason yet gets the plainest one."""
        ids = self.electorate.ids
        for place in range(len(ids)):
            self.reasons.setdefault(place, self._plain_reason(place))
        return Outcome(
            winners=tuple(ids[place] for place in self.winners),
            total_cost=self.budget - self.left,
            budget_limit=self.budget,
            left=self.left,
            voters=self.electorate.voters,
            steps=tuple(self.steps),
            reasons={ids[place]: self.reasons[place] for place in range(len(ids))},
            ties=tuple(self.ties),
            settings=self.settings,
            remarks=tuple(self.remarks),
            **more,
        )

    def _plain_reason(self, place: int) -> Reason:
        if not self.electorate.strength[place]:
            return self.blank(place, ReasonKind.NO_SUPPORT)
        cost, left = self.electorate.costs[place], self.left
        if cost > self.budget:
            return self.blank(place, ReasonKind.DEARER_THAN_POT)
        missing = max(0, cost - left)
        kind = ReasonKind.DID_NOT_FIT if missing else ReasonKind.TOO_LITTLE_SUPPORT
        return self.blank(place, kind, missing=missing or None, left_before=left)


def waiting_places(electorate: Electorate, winners: Sequence[int]) -> list[int]:
    """The candidates that are not among the winners."""
    chosen = set(winners)
    return [place for place in electorate.candidates if place not in chosen]
