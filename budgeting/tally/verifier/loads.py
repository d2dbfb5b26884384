"""Recounts Phragmen's rule, alone or as a completion of equal shares."""

from collections import Counter
from fractions import Fraction
from typing import Any

from budgeting.tally.verifier.claims import in_words
from budgeting.tally.verifier.votes import Chain, Votes


class Loads:
    """The load every ballot carries; ballots with the same load share one entry."""

    def __init__(self, votes: Votes, entry: list[int], load: list[Fraction]) -> None:
        """Begin with the given loads."""
        self.votes, self.entry, self.load = votes, entry, load

    @classmethod
    def empty(cls, votes: Votes) -> "Loads":
        """Nobody carries anything."""
        return cls(votes, [0] * len(votes.ballots), [Fraction()])

    def mean(self, one: str) -> Fraction:
        """The load a project would leave on its supporters."""
        found: Counter[int] = Counter()
        for ballot in self.votes.backers[one]:
            found[self.entry[ballot]] += self.votes.many[ballot]
        carried = sum((many * self.load[at] for at, many in found.items()), Fraction())
        return (self.votes.cost[one] + carried) / sum(found.values())

    def take(self, one: str, mean: Fraction) -> None:
        """Put the load on the supporters."""
        self.load.append(mean)
        for ballot in self.votes.backers[one]:
            self.entry[ballot] = len(self.load) - 1


def recount(loads: Loads, chain: Chain, found: dict[str, list[Any]], note: str, skip: Any) -> None:
    """Add the steps, ties and winners of the rule to what was found before."""
    votes, steps, winners = loads.votes, found["steps"], found["winners"]
    standing = [one for one in votes.candidates if one not in winners]
    left = votes.budget - sum(votes.cost[one] for one in winners)
    while standing:
        mean = {one: loads.mean(one) for one in standing}
        least = min(mean.values())
        level = chain.order(one for one in standing if mean[one] == least)
        dear = [one for one in level if votes.cost[one] > left]
        if dear:
            for one in dear:
                word = "passed_over" if skip else "stopped"
                steps.append(_step(len(steps) + 1, one, word, least, (left, left)))
            if not skip:
                return
            standing = [one for one in standing if one not in dear]
            continue
        first, number = level[0], len(steps) + 1
        if len(level) > 1:
            found["ties"].append(chain.tie(number, level, _score(least)))
        step = _step(number, first, note, least, (left, left - votes.cost[first]))
        others = sorted((mean[one], chain.key(one), one) for one in standing if one != first)
        step["runner_up"] = others[0][2] if others else None
        step["runner_up_score"] = _score(others[0][0]) if others else None
        steps.append(step)
        left -= votes.cost[first]
        loads.take(first, least)
        winners.append(first)
        standing.remove(first)


def _score(load: Fraction) -> str:
    return in_words(1 / load if load > 0 else load)


def _step(
    number: int, one: str, note: str, load: Fraction, left: tuple[int, int]
) -> dict[str, Any]:
    return {
        "number": number,
        "project_id": one,
        "note": note,
        "score": _score(load),
        "left_before": left[0],
        "left_after": left[1],
    }
