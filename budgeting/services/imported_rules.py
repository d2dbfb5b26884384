"""What the META section of a Pabulib file says of ballots and counting, in our words."""

from collections.abc import Sequence
from typing import Any

from budgeting.refusals import Refusal
from budgeting.tally import Ballot, UnfitSettings, pb_rules
from budgeting.tally.election import POINTED
from budgeting.tally.pabulib import Election
from budgeting.tally.settings import as_fraction
from budgeting.vocabulary import N_, BallotType, Completion, Rule, Stop, Utility


class UnreadableRule(Refusal):
    """The file names an option that no rulebook has, or names it wrongly."""

    message = N_("Filen siger noget om optællingen, som ikke kan hentes ind: %(why)s.")


def of(election: Election) -> dict[str, Any]:
    """Return the columns of a round for an election's ballots and its rule.

    The limits are those of the ballots that are there: a file may name a least number
    that some of its own ballots do not reach, and they were counted all the same.
    A rule we do not have by that name is counted as most votes first.
    """
    ballot_type = _ballot_type(election)
    return {
        "ballot_type": ballot_type,
        "utility": _greatest_first(ballot_type),
        "stop": Stop.OVER_BUDGET,
        **_limits(ballot_type, [supported(one, ballot_type) for one in election.profile.ballots]),
        **_rule(election.meta.get("rule", "")),
        **_options(election),
    }


def _options(election: Election) -> dict[str, Any]:
    """Return what the file says that our own export wrote of most votes first; caps are not taken in."""
    try:
        options = pb_rules.options_of(election.meta, election.instance.unit)
    except UnfitSettings as wrong:
        raise UnreadableRule(why=str(wrong)) from None
    if options.caps:
        raise UnreadableRule(why="caps")
    return {
        "no_skip": options.no_skip or election.meta.get("rule") == "greedy-no-skip",
        "least_votes": options.least_votes or 0,
        "least_percent": _percent(options.least_share),
        "reserve_percent": _percent(options.reserve_share),
        "in_part": bool(options.accepts_partly),
        "has_groups": bool(options.exclusive_groups),
    }


def _percent(share: str | None) -> int:
    """Return a share in whole percent, which is all that a rulebook knows."""
    percent = as_fraction(share or "0") * 100
    if percent.denominator != 1:
        raise UnreadableRule(why=share)
    return int(percent)


def supported(ballot: Ballot, ballot_type: BallotType) -> Ballot:
    """Return a ballot as the booth would have written it: a vote of nothing is no vote."""
    if ballot_type is not BallotType.CUMULATIVE or ballot.points is None:
        return ballot
    pairs = [pair for pair in zip(ballot.choices, ballot.points, strict=True) if pair[1]]
    return Ballot(tuple(one for one, _ in pairs), tuple(points for _, points in pairs))


def _ballot_type(election: Election) -> BallotType:
    """Return the file's type; where somebody spent more than the pot, they only ticked projects."""
    ballot_type = election.profile.ballot_type
    if ballot_type is not BallotType.KNAPSACK:
        return ballot_type
    costs = {one.id: one.cost for one in election.instance.projects}
    spent = (sum(costs[one] for one in ballot.choices) for ballot in election.profile.ballots)
    is_kept = max(spent, default=0) <= election.instance.budget_limit
    return BallotType.KNAPSACK if is_kept else BallotType.APPROVAL


def _limits(ballot_type: BallotType, ballots: Sequence[Ballot]) -> dict[str, int]:
    lengths = [len(ballot.choices) for ballot in ballots] or [1]
    limits = {"min_choices": min(lengths), "max_choices": max(lengths)}
    points = [ballot.points or (0,) for ballot in ballots] or [(1,)]
    if ballot_type in POINTED:
        limits["max_choices"] = 0
    match ballot_type:
        case BallotType.CUMULATIVE:
            limits["votes_each"] = max(map(sum, points))
            limits["most_per_project"] = max(map(max, points))
        case BallotType.SCORING:
            limits["lowest_points"] = min(map(min, points))
            limits["highest_points"] = max(map(max, points))
    return limits


def _rule(name: str) -> dict[str, Any]:
    rule, _, completion = name.partition("/")
    if rule in {"equalshares", "equal-shares", "mes"}:
        return {
            "rule": Rule.EQUAL_SHARES,
            "completion": Completion.ADD1 if completion == "add1" else Completion.NONE,
        }
    return {"rule": Rule.GREEDY, "completion": Completion.NONE}


def _greatest_first(ballot_type: BallotType) -> Utility:
    if ballot_type in POINTED:
        return Utility.POINTS_COST
    return Utility.BORDA_COST if ballot_type is BallotType.ORDINAL else Utility.COST
