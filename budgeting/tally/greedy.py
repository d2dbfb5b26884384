"""Greedy: most support per krone first, as long as the money lasts.

Order the projects by U(p) / c(p), where U is the total utility; with utility ``cost`` that
is the number of votes. Take each that still fits and pass over it if it does not. This is
what most cities do; the options of ``GreedyOptions`` are met in real rulebooks.

Example (Aarhus): pot 80.000; in order of votes the projects cost 32.000, 78.450 and
20.000. The first is funded and leaves 48.000, the second does not fit, the third does:
the first and the third win.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from budgeting.tally.election import Instance, Profile, Project
from budgeting.tally.electorate import Electorate, gather
from budgeting.tally.near_miss import with_votes_missing
from budgeting.tally.outcome import Outcome, Reason, Step, TieMet
from budgeting.tally.settings import GreedyOptions, RuleSettings, as_fraction
from budgeting.tally.ties import TieChain
from budgeting.vocabulary import ReasonKind


def count(instance: Instance, profile: Profile, settings: RuleSettings) -> Outcome:
    """Count by greedy with the options of the settings."""
    electorate = gather(instance, profile, settings.utility)
    return count_electorate(electorate, settings)


def count_electorate(electorate: Electorate, settings: RuleSettings) -> Outcome:
    """Count ballots that are already grouped."""
    chain = TieChain(settings.ties, electorate.instance.projects, electorate.votes_by_id)
    walk = _Walk(electorate, settings.greedy)
    for project_id, tie in order_of_support(electorate, chain, walk.candidates()):
        walk.visit(project_id, tie)
    return with_votes_missing(walk.outcome(settings), electorate, chain)


def scores(electorate: Electorate) -> dict[str, Fraction]:
    """U(p) / c(p) of every project."""
    sums = zip(
        electorate.ids, electorate.strength, electorate.factors, electorate.costs, strict=True
    )
    return {
        project_id: Fraction(strength * factor, cost) for project_id, strength, factor, cost in sums
    }


def order_of_support(
    electorate: Electorate, chain: TieChain, candidates: set[str]
) -> Iterator[tuple[str, TieMet | None]]:
    """The candidates in order of score, each with the tie it was picked from, if any."""
    score = scores(electorate)
    level: dict[Fraction, list[str]] = {}
    for project_id in candidates:
        level.setdefault(score[project_id], []).append(project_id)
    step = 0
    for value in sorted(level, reverse=True):
        waiting = sorted(level[value], key=chain.rank.__getitem__)
        while waiting:
            step += 1
            tie = chain.settle(step, waiting, value) if len(waiting) > 1 else None
            yield waiting.pop(0), tie


@dataclass
class _Walk:
    """The walk down the list, with what has been spent and decided so far."""

    electorate: Electorate
    options: GreedyOptions
    spent: int = 0
    steps: list[Step] = field(default_factory=list)
    reasons: dict[str, Reason] = field(default_factory=dict)
    ties: list[TieMet] = field(default_factory=list)
    winners: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    misfit_met: bool = False
    closed: bool = False

    def __post_init__(self) -> None:
        self.instance = self.electorate.instance
        self.projects = self.instance.project_by_id()
        self.score = scores(self.electorate)
        self.accepts = dict(self.options.accepts_partly)
        self.tied: dict[str, TieMet] = {}

    @property
    def left(self) -> int:
        """What is left of the budget limit."""
        return max(0, self.instance.budget_limit - self.spent)

    def candidates(self) -> set[str]:
        """Set aside at once whoever cannot be funded whatever the order."""
        standing = set()
        for place, project_id in enumerate(self.electorate.ids):
            kind = self._barred(place)
            if kind is None:
                standing.add(project_id)
            else:
                self.reasons[project_id] = self._reason(project_id, kind)
        return standing

    def _barred(self, place: int) -> ReasonKind | None:
        if self.electorate.strength[place] == 0:
            return ReasonKind.NO_SUPPORT
        if self.electorate.costs[place] > self.instance.budget_limit:
            return ReasonKind.DEARER_THAN_POT
        return None if self._reaches_threshold(place) else ReasonKind.TOO_LITTLE_SUPPORT

    def _reaches_threshold(self, place: int) -> bool:
        options, votes = self.options, self.electorate.votes[place]
        share = as_fraction(options.least_share or "0")
        return (
            votes >= (options.least_votes or 0)
            and self.electorate.strength[place] >= (options.least_points or 0)
            and votes >= share * self.electorate.voters
        )

    def visit(self, project_id: str, tie: TieMet | None) -> None:
        """Decide about the next project on the list and keep the reason."""
        if tie is not None:
            self.ties.append(tie)
            for one in tie.project_ids:
                self.tied.setdefault(one, tie)
        project = self.projects[project_id]
        kind, note, granted = self._decide(project)
        before = self.left
        self.spent += granted
        if granted:
            self.winners.append(project_id)
        number = len(self.steps) + 1
        self.steps.append(
            Step(number, project_id, note, self.score[project_id], project.cost, before, self.left)
        )
        self.reasons[project_id] = self._reason(project_id, kind, number, before, granted)

    def _decide(self, project: Project) -> tuple[ReasonKind, str, int]:
        if self.closed:
            return ReasonKind.DID_NOT_FIT, "not_reached", 0
        if self._conflicts(project):
            return ReasonKind.EXCLUDED, "excluded", 0
        if self._breaks_cap(project):
            return ReasonKind.EXCLUDED, "capped", 0
        if project.cost <= self.left:
            return ReasonKind.FUNDED, "funded", project.cost
        return self._meet_misfit(project)

    def _meet_misfit(self, project: Project) -> tuple[ReasonKind, str, int]:
        is_first, self.misfit_met = not self.misfit_met, True
        self.closed = self.options.no_skip or self.options.reserve_share is not None
        if is_first and self._reserve_helps(project):
            self.remarks.append("reserve_used")
            return ReasonKind.FUNDED, "reserve", project.cost
        least = self.accepts.get(project.id)
        if is_first and least is not None and 0 < least <= self.left:
            return ReasonKind.FUNDED_IN_PART, "in_part", self.left
        return ReasonKind.DID_NOT_FIT, "passed_over", 0

    def _reserve_helps(self, project: Project) -> bool:
        share = self.options.reserve_share
        return share is not None and self.left >= as_fraction(share) * project.cost

    def _conflicts(self, project: Project) -> bool:
        groups = (group for group in self.options.exclusive_groups if project.id in group)
        return any(one in self.winners for group in groups for one in group)

    def _breaks_cap(self, project: Project) -> bool:
        return any(
            self._spent_under(cap.kind, cap.name) + project.cost > cap.limit
            for cap in self.options.caps
            if is_under(project, cap.kind, cap.name)
        )

    def _spent_under(self, kind: str, name: str) -> int:
        chosen = (self.projects[one] for one in self.winners)
        return sum(project.cost for project in chosen if is_under(project, kind, name))

    def _reason(
        self, project_id: str, kind: ReasonKind, step: int | None = None, *money: int
    ) -> Reason:
        project = self.projects[project_id]
        before, granted = money or (None, 0)
        tie = self.tied.get(project_id)
        missing = None
        if before is not None and not granted:
            missing = max(0, project.cost - before)
        if kind is ReasonKind.DID_NOT_FIT and tie is not None and self._lost_by(tie, project):
            kind = ReasonKind.LOST_TIE
        return Reason(
            project_id=project_id,
            kind=kind,
            votes=self.electorate.votes_by_id[project_id],
            score=self.score[project_id],
            position=len(self.winners) if granted else None,
            step=step,
            left_before=before,
            cost=project.cost,
            missing=missing,
            tied_with=tuple(one for one in tie.project_ids if one != project_id) if tie else (),
            tie_link=tie.link if tie else None,
            granted=granted or None,
        )

    def _lost_by(self, tie: TieMet, project: Project) -> bool:
        """Whether the money was there when the tie was met and gone when its turn came."""
        left_then = self.steps[tie.step - 1].left_before
        return project.cost <= left_then and any(one in self.winners for one in tie.project_ids)

    def outcome(self, settings: RuleSettings) -> Outcome:
        """Everything that was decided."""
        return Outcome(
            winners=tuple(self.winners),
            total_cost=self.spent,
            budget_limit=self.instance.budget_limit,
            left=self.left,
            voters=self.electorate.voters,
            steps=tuple(self.steps),
            reasons={one: self.reasons[one] for one in self.electorate.ids},
            ties=tuple(self.ties),
            settings=settings,
            remarks=tuple(self.remarks),
        )


def is_under(project: Project, kind: str, name: str) -> bool:
    """Whether a project lies in an area or belongs to a category."""
    return project.area == name if kind == "area" else name in project.categories
