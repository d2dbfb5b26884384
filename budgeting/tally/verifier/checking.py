"""Checks a certificate from its fingerprint to its last step."""

from collections.abc import Mapping
from typing import Any

from budgeting.tally.pabulib import Election
from budgeting.tally.verifier import greedy, loads, others, shares
from budgeting.tally.verifier.claims import Rejected, compare_steps, expect
from budgeting.tally.verifier.votes import Chain, Votes, fingerprint

FORMAT = "borgerbudget-certificate-1"
FEW_ENTRIES = 2_000_000
RAISING = ("add1", "add1-greedy")
ENDS = {"expanding-approvals": "ballots_exhausted", "minimal-transfers": "nothing_more_fits"}


def verify(certificate: Mapping[str, Any], election: Election, raises: str = "few") -> list[str]:
    """Check everything; answers what was checked, in sentences, or raises ``Rejected``.

    The run that stands and the one after it are always checked. The raises before them are
    recounted with ``raises`` "all", or with "few" where the election is small enough.
    """
    try:
        return _Check(certificate, election).run(raises)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise Rejected(0, f"the certificate is malformed ({error!r})") from error


class _Check:
    """One certificate against one election."""

    def __init__(self, certificate: Mapping[str, Any], election: Election) -> None:
        self.claimed, self.election = certificate, election
        self.settings = certificate["settings"]
        self.rule = self.settings["rule"]
        self.utility = self.settings["utility"]
        self.done: list[str] = []
        self.remarks: list[str] = []
        if certificate["stopped_by"] == "cap_on_runs":
            self.remarks.append("cap_on_runs_reached")
        self.found: dict[str, list[Any]] = {"steps": [], "ties": [], "winners": []}

    def run(self, raises: str) -> list[str]:
        """Every part in turn."""
        self._check_election()
        own = {
            "phragmen": "cardinality",
            "expanding-approvals": "borda",
            "minimal-transfers": "points",
        }
        self.votes = Votes(self.election, own.get(self.rule, self.utility))
        self.chain = Chain(self.settings["ties"], self.votes)
        if self.rule == "equal-shares":
            self._check_shares(raises)
        else:
            self._recount()
        compare_steps(self.claimed["steps"], self.found["steps"])
        expect(list(self.claimed["winners"]), self.found["winners"], "winners")
        self._check_ties(self.found["ties"])
        self._check_sum()
        self._check_remarks()
        self.done.append(f"{len(self.found['steps'])} steps, winners, ties and sums hold.")
        return self.done

    def _check_election(self) -> None:
        expect(self.claimed["format"], FORMAT, "format")
        instance, claims = self.election.instance, self.claimed["election"]
        expect(claims["fingerprint"], fingerprint(self.election), "the fingerprint of the ballots")
        expect(claims["budget_limit"], instance.budget_limit, "budget_limit")
        expect(claims["unit"], instance.unit, "unit")
        expect(claims["projects"], len(instance.projects), "projects")
        expect(claims["voters"], len(self.election.profile.ballots), "voters")
        self.done.append("The certificate is about these projects and ballots.")

    def _expect_unraised(self, stopped_by: str | None) -> None:
        expect(self.claimed["raised_by"], 0, "raised_by")
        expect(self.claimed["increments"], None, "increments")
        expect(self.claimed["stopped_by"], stopped_by, "stopped_by")

    def _recount(self) -> None:
        self._expect_unraised(ENDS.get(self.rule))
        match self.rule:
            case "greedy":
                walk = greedy.Walk(self.votes, self.chain, self.settings["greedy"]).walk()
                self.found = {"steps": walk.steps, "ties": walk.ties, "winners": walk.winners}
            case "phragmen":
                empty = loads.Loads.empty(self.votes)
                loads.recount(empty, self.chain, self.found, "funded", self.settings["skip"])
            case "expanding-approvals":
                others.expanding_approvals(self.votes, self.chain, self.found)
            case "minimal-transfers":
                others.minimal_transfers(self.votes, self.chain, self.found)
            case "max-welfare":
                others.max_welfare(self.votes, self.chain, self.found)
            case _:
                raise Rejected(0, f"unknown rule {self.rule!r}")

    def _check_shares(self, raises: str) -> None:
        state, ties = self._check_standing_run(raises)
        steps = [dict(step) for step in self.claimed["shares"]]
        self.found = {"steps": steps, "ties": ties, "winners": list(state.chosen)}
        completion = self.settings["completion"]
        if completion in ("greedy", "add1-greedy"):
            greedy.complete(self.votes, self.chain, self.found)
        elif completion == "phragmen":
            left = loads.Loads(self.votes, list(state.account), [-one for one in state.balance])
            loads.recount(left, self.chain, self.found, "completion", self.settings["skip"])
        if self.settings["compare"] is not None:
            self._compare()

    def _check_standing_run(self, raises: str) -> tuple[shares.Shares, list[Any]]:
        raised_by = self.claimed["raised_by"]
        state, ties = shares.check_run(self.votes, self.chain, self.claimed["shares"], raised_by)
        if self.settings["completion"] not in RAISING:
            self._expect_unraised("no_one_can_pay")
            expect(self.claimed["following"], None, "following")
            self._expect_end(state)
            return state, ties
        raise_ = self.settings["increment"] or self.election.instance.unit
        count, rest = divmod(raised_by, raise_)
        expect(rest, 0, "what is over after whole raises")
        over = self.claimed["stopped_by"] == "over_budget"
        expect(self.claimed["increments"], count + over, "increments")
        self._expect_end(state)
        self._check_stop(state, raised_by + raise_)
        self._check_earlier(count, raise_, raises)
        return state, ties

    def _expect_end(self, state: shares.Shares) -> None:
        if waiting := state.standing():
            number = len(state.chosen) + 1
            raise Rejected(number, f"missing; {', '.join(sorted(waiting))} can still be paid")

    def _check_stop(self, state: shares.Shares, next_raise: int) -> None:
        spent = sum(self.votes.cost[one] for one in state.chosen)
        expect(spent <= self.votes.budget, True, "the run that stands being within the limit")
        expect(
            self._why(state), None if self._goes_on else self.claimed["stopped_by"], "stopped_by"
        )
        if self.claimed["stopped_by"] != "over_budget":
            expect(self.claimed["following"], None, "following")
            return
        following = self.claimed["following"]
        after, _ = shares.check_run(self.votes, self.chain, following, next_raise)
        self._expect_end(after)
        more = sum(self.votes.cost[one] for one in after.chosen)
        expect(more > self.votes.budget, True, "the next run going over the limit")
        self.done.append("One raise more would go over the limit.")

    @property
    def _goes_on(self) -> bool:
        return self.claimed["stopped_by"] in ("over_budget", "cap_on_runs")

    def _why(self, state: shares.Shares) -> str | None:
        """Why raising ends after this run, if it does."""
        left = self.votes.budget - sum(self.votes.cost[one] for one in state.chosen)
        waiting = [self.votes.cost[one] for one in self.votes.candidates if one not in state.chosen]
        if not waiting:
            return "all_funded"
        exhaustive = self.settings["stop"] == "exhaustive" and min(waiting) > left
        return "nothing_more_fits" if exhaustive else None

    def _check_earlier(self, count: int, raise_: int, raises: str) -> None:
        entries = sum(map(len, self.votes.utilities)) * len(self.votes.cost)
        if raises == "none" or (raises == "few" and entries * count > FEW_ENTRIES):
            self.done.append(f"The {count} raises before it were not recounted.")
            return
        for number in range(count):
            state = shares.run(self.votes, self.chain, number * raise_)
            spent = sum(self.votes.cost[one] for one in state.chosen)
            if number and spent > self.votes.budget:
                raise Rejected(0, f"raising ended after {number - 1} raises already")
            expect(None, self._why(state), f"the end after {number} raises")
        self.done.append(f"None of the {count} raises before it ended the count.")

    def _compare(self) -> None:
        kind = self.utility.removesuffix("-cost")
        utility = "cost" if kind in ("cost", "cardinality") else f"{kind}-cost"
        rival = greedy.Walk(Votes(self.election, utility), self.chain, {}).walk()
        measure = self.settings["compare"]
        mine, theirs = self._preferring(self.found["winners"], rival.winners, measure)
        remarks = [f"compared_by_{measure}:{mine}:{theirs}"]
        if theirs > mine:
            remarks.append("greedy_preferred")
            self.found = {"steps": rival.steps, "ties": rival.ties, "winners": rival.winners}
        self.remarks += remarks

    def _check_remarks(self) -> None:
        if any(step["note"] == "reserve" for step in self.found["steps"]):
            self.remarks.append("reserve_used")
        self.remarks += self.found.get("remarks", [])
        expect(list(self.claimed["remarks"]), self.remarks, "remarks")

    def _preferring(self, one: list[str], other: list[str], measure: str) -> tuple[int, int]:
        cost = self.votes.cost
        value = {key: cost[key] if measure == "cost" else 1 for key in cost}
        ours = theirs = 0
        for worth, many in zip(self.votes.utilities, self.votes.many, strict=True):
            gain = sum(value[key] for key in one if key in worth)
            gain -= sum(value[key] for key in other if key in worth)
            ours += many if gain > 0 else 0
            theirs += many if gain < 0 else 0
        return ours, theirs

    def _check_ties(self, found: list[dict[str, Any]]) -> None:
        claimed = self.claimed["ties"]
        for at, tie in enumerate(found):
            if at >= len(claimed) or claimed[at] != tie:
                raise Rejected(
                    tie["step"], f"a tie between {', '.join(tie['project_ids'])} is told wrongly"
                )
        expect(len(claimed), len(found), "the number of ties")

    def _check_sum(self) -> None:
        total = sum(self.votes.cost[one] for one in self.found["winners"])
        part = [step for step in self.found["steps"] if step["note"] == "in_part"]
        total -= sum(self.votes.cost[one["project_id"]] - one["left_before"] for one in part)
        expect(self.claimed["total_cost"], total, "total_cost")
