"""Recounts greedy with its options, and greedy as a completion or as the rival outcome."""

from fractions import Fraction
from typing import Any

from budgeting.tally.verifier.claims import in_words
from budgeting.tally.verifier.votes import Chain, Votes

Steps = list[dict[str, Any]]


class Walk:
    """The walk down the list; steps, ties and winners as a certificate must have them."""

    def __init__(self, votes: Votes, chain: Chain, options: dict[str, Any]) -> None:
        """Begin with nothing spent."""
        self.votes, self.chain, self.options = votes, chain, options
        self.projects = {one.id: one for one in votes.election.instance.projects}
        self.spent, self.met_misfit, self.closed = 0, False, False
        self.steps: Steps = []
        self.ties: Steps = []
        self.winners: list[str] = []

    @property
    def left(self) -> int:
        """What is left, never below zero."""
        return max(0, self.votes.budget - self.spent)

    def walk(self) -> "Walk":
        """Visit everybody in order."""
        waiting = [one for one in self.votes.candidates if self._reaches_threshold(one)]
        score = {one: Fraction(self.votes.total(one), self.votes.cost[one]) for one in waiting}
        while waiting:
            best = max(score[one] for one in waiting)
            level = self.chain.order(one for one in waiting if score[one] == best)
            number = len(self.steps) + 1
            if len(level) > 1:
                self.ties.append(self.chain.tie(number, level, in_words(best)))
            waiting.remove(level[0])
            self._visit(number, level[0], best)
        return self

    def _reaches_threshold(self, one: str) -> bool:
        votes, options = self.votes.votes[one], self.options
        strength = strength_of(self.votes, one)
        share = Fraction(options.get("least_share") or 0)
        return (
            votes >= (options.get("least_votes") or 0)
            and strength >= (options.get("least_points") or 0)
            and votes >= share * self.votes.voters
        )

    def _visit(self, number: int, one: str, score: Fraction) -> None:
        before = self.left
        note, granted = self._decide(one)
        self.spent += granted
        if granted:
            self.winners.append(one)
        self.steps.append(
            {
                "number": number,
                "project_id": one,
                "note": note,
                "score": in_words(score),
                "left_before": before,
                "left_after": self.left,
                "runner_up": None,
                "runner_up_score": None,
                "ran_out": None,
            }
        )

    def _decide(self, one: str) -> tuple[str, int]:
        cost, options = self.votes.cost[one], self.options
        if self.closed:
            return "not_reached", 0
        if any(
            one in group and set(group) & set(self.winners)
            for group in options.get("exclusive_groups", ())
        ):
            return "excluded", 0
        if any(self._is_capped(one, cap) for cap in options.get("caps", ())):
            return "capped", 0
        if cost <= self.left:
            return "funded", cost
        first, self.met_misfit = not self.met_misfit, True
        reserve = options.get("reserve_share")
        self.closed = bool(options.get("no_skip")) or reserve is not None
        if first and reserve is not None and self.left >= Fraction(reserve) * cost:
            return "reserve", cost
        least = dict(options.get("accepts_partly", ())).get(one)
        if first and least is not None and 0 < least <= self.left:
            return "in_part", self.left
        return "passed_over", 0

    def _is_capped(self, one: str, cap: dict[str, Any]) -> bool:
        inside = [other for other in [*self.winners, one] if self._lies_under(other, cap)]
        total = sum(self.votes.cost[other] for other in inside)
        return one in inside and total > cap["limit"]

    def _lies_under(self, one: str, cap: dict[str, Any]) -> bool:
        project = self.projects[one]
        if cap["kind"] == "area":
            return bool(project.area == cap["name"])
        return cap["name"] in project.categories


def complete(votes: Votes, chain: Chain, found: dict[str, list[Any]]) -> None:
    """Go on with the rest: most votes, points or Borda scores first, whatever fits."""
    steps, ties, winners = found["steps"], found["ties"], found["winners"]
    strength = {one: strength_of(votes, one) for one in votes.candidates if one not in winners}
    left = votes.budget - sum(votes.cost[one] for one in winners)
    while fitting := [one for one in strength if votes.cost[one] <= left]:
        most = max(strength[one] for one in fitting)
        level = chain.order(one for one in fitting if strength[one] == most)
        number = len(steps) + 1
        if len(level) > 1:
            ties.append(chain.tie(number, level, in_words(Fraction(most))))
        left -= votes.cost[level[0]]
        steps.append(plain_step(votes, number, level[0], "completion", Fraction(most), left))
        winners.append(level[0])
        del strength[level[0]]


def strength_of(votes: Votes, one: str) -> int:
    """The votes, points or Borda scores of a project, whatever its cost."""
    total = votes.total(one)
    return total // votes.cost[one] if votes.is_by_cost else total


def plain_step(  # noqa: PLR0913 - a step is made of these
    votes: Votes, number: int, one: str, note: str, score: Fraction, left_after: int
) -> dict[str, Any]:
    """A step that funds a project in full."""
    return {
        "number": number,
        "project_id": one,
        "note": note,
        "score": in_words(score),
        "left_before": left_after + votes.cost[one],
        "left_after": left_after,
    }
