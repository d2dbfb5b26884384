"""Re-checks a run of equal shares: every price pays its project, and none was lower.

Voters with the same past share an account, so that each fraction is handled once, and for
every step all balances are written over one denominator, so that sums are of whole numbers.
"""

from collections import Counter
from fractions import Fraction
from math import lcm
from typing import Any

from budgeting.tally.verifier.claims import Rejected, exact, expect, in_words
from budgeting.tally.verifier.votes import Chain, Votes


class Shares:
    """What voters have, account by account."""

    def __init__(self, votes: Votes, extra: int) -> None:
        """Everybody begins with B/n and what add1 gave on top."""
        self.votes = votes
        self.balance = [Fraction(votes.budget, max(1, votes.voters)) + extra]
        self.account = [0] * len(votes.ballots)
        self.chosen: list[str] = []
        self.common, self.whole = 1, dict[int, int]()

    def backing(self, project_id: str) -> Counter[tuple[int, int]]:
        """How many supporters have which account and which utility."""
        found: Counter[tuple[int, int]] = Counter()
        for one in self.votes.backers[project_id]:
            key = (self.account[one], self.votes.utilities[one][project_id])
            found[key] += self.votes.many[one]
        return found

    def standing(self) -> dict[str, Counter[tuple[int, int]]]:
        """The projects that their supporters can still pay."""
        live = {at: self.balance[at] for at in set(self.account)}
        self.common = lcm(*(own.denominator for own in live.values()))
        self.whole = {
            at: own.numerator * (self.common // own.denominator) for at, own in live.items()
        }
        waiting = [one for one in self.votes.candidates if one not in self.chosen]
        found = {one: self.backing(one) for one in waiting}
        return {
            one: backing
            for one, backing in found.items()
            if sum(many * self.whole[at] for (at, _), many in backing.items())
            >= self.votes.cost[one] * self.common
        }

    def raised(self, backing: Counter[tuple[int, int]], rho: Fraction) -> Fraction:
        """The sum of min(balance, rho * utility)."""
        under, over = rho.denominator, rho.numerator * self.common
        whole = self.whole
        parts = (many * min(whole[at] * under, over * own) for (at, own), many in backing.items())
        return Fraction(sum(parts), self.common * under)

    def is_least(self, project_id: str, backing: Counter[tuple[int, int]], rho: Fraction) -> bool:
        """Whether rho is the least that pays the project."""
        pays = self.raised(backing, rho) == self.votes.cost[project_id]
        under, over = rho.denominator, rho.numerator * self.common
        return pays and any(self.whole[at] * under >= over * own for at, own in backing)

    def rho(self, project_id: str, backing: Counter[tuple[int, int]]) -> Fraction:
        """The least rho, the poorest per utility giving all they have first."""
        missing = Fraction(self.votes.cost[project_id])
        worth = sum(many * own for (_, own), many in backing.items())
        for at, own in sorted(backing, key=lambda key: self.balance[key[0]] / key[1]):
            if self.balance[at] / own * worth >= missing:
                break
            missing -= backing[at, own] * self.balance[at]
            worth -= backing[at, own] * own
        return missing / worth

    def pay(self, project_id: str, rho: Fraction) -> int:
        """Take the payments; answers how many voters now have nothing."""
        moved: dict[tuple[int, int], int] = {}
        ran_out = 0
        for one in self.votes.backers[project_id]:
            key = (self.account[one], self.votes.utilities[one][project_id])
            if key not in moved:
                moved[key] = len(self.balance)
                self.balance.append(max(Fraction(), self.balance[key[0]] - rho * key[1]))
            if self.balance[key[0]] and not self.balance[moved[key]]:
                ran_out += self.votes.many[one]
            self.account[one] = moved[key]
        self.chosen.append(project_id)
        return ran_out


def check_run(
    votes: Votes, chain: Chain, claimed: Any, extra: int
) -> tuple[Shares, list[dict[str, Any]]]:
    """Check the steps of one run; answers the state at its end and the ties it met."""
    shares, ties = Shares(votes, extra), []
    for number, step in enumerate(claimed, start=1):
        standing = shares.standing()
        if step.get("project_id") not in standing:
            raise Rejected(number, f"{step.get('project_id')} cannot be paid by its supporters")
        rho = _claimed_rho(step.get("score"), number)
        level = _level(shares, standing, rho, number, step["project_id"])
        first = chain.order(level)[0]
        expect(step["project_id"], first, "project_id", number)
        if len(level) > 1:
            ties.append(chain.tie(number, level, in_words(1 / rho)))
        _check_runner_up(shares, chain, standing, step, number)
        expect(step.get("number"), number, "number", number)
        before = votes.budget - sum(votes.cost[one] for one in shares.chosen)
        expect(step.get("left_before"), before, "left_before", number)
        expect(step.get("left_after"), before - votes.cost[first], "left_after", number)
        expect(step.get("note"), "funded", "note", number)
        expect(step.get("ran_out"), shares.pay(first, rho), "ran_out", number)
    return shares, ties


def _claimed_rho(text: Any, number: int) -> Fraction:
    score = exact(text, "score", number)
    if score <= 0:
        raise Rejected(number, "the score must be above zero")
    return 1 / score


def _level(
    shares: Shares,
    standing: dict[str, Counter[tuple[int, int]]],
    rho: Fraction,
    number: int,
    claimed: str,
) -> list[str]:
    """Who has exactly this rho; nobody may have less."""
    if not shares.is_least(claimed, standing[claimed], rho):
        raise Rejected(number, f"the score of {claimed} is not the price its supporters pay")
    level = []
    for one, backing in standing.items():
        raised = shares.raised(backing, rho)
        if one == claimed or shares.is_least(one, backing, rho):
            level.append(one)
        elif raised >= shares.votes.cost[one]:
            raise Rejected(number, f"{one} has a better score than {claimed}")
    return level


def _check_runner_up(
    shares: Shares,
    chain: Chain,
    standing: dict[str, Counter[tuple[int, int]]],
    step: dict[str, Any],
    number: int,
) -> None:
    others = {one: backing for one, backing in standing.items() if one != step["project_id"]}
    if not others:
        expect(step.get("runner_up"), None, "runner_up", number)
        expect(step.get("runner_up_score"), None, "runner_up_score", number)
        return
    if step.get("runner_up") not in others:
        raise Rejected(number, f"{step.get('runner_up')} cannot have come second")
    rho = _claimed_rho(step.get("runner_up_score"), number)
    level = _level(shares, others, rho, number, step["runner_up"])
    expect(step["runner_up"], chain.order(level)[0], "runner_up", number)


def run(votes: Votes, chain: Chain, extra: int) -> Shares:
    """A whole run recounted, for the raises that a certificate does not spell out."""
    shares = Shares(votes, extra)
    while standing := shares.standing():
        rho = {one: shares.rho(one, backing) for one, backing in standing.items()}
        least = min(rho.values())
        first = chain.order([one for one, value in rho.items() if value == least])[0]
        shares.pay(first, least)
    return shares
