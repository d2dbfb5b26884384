"""What the META section of a Pabulib file says of ballots and counting, in our words."""

from typing import Any

from budgeting.tally.pabulib import Election
from budgeting.vocabulary import BallotType, Completion, Rule, Stop, Utility


def of(election: Election) -> dict[str, Any]:
    """Return the columns of a round for an election's ballots and its rule.

    The limits are those of the ballots that are there: a file may name a least number
    that some of its own ballots do not reach, and they were counted all the same.
    A rule we do not have by that name is counted as most votes first.
    """
    lengths = [len(ballot.choices) for ballot in election.profile.ballots] or [1]
    ballot_type = election.profile.ballot_type
    return {
        "ballot_type": ballot_type,
        "min_choices": min(lengths),
        "max_choices": max(lengths),
        "utility": _greatest_first(ballot_type),
        "stop": Stop.OVER_BUDGET,
        **_rule(election.meta.get("rule", "")),
    }


def _rule(name: str) -> dict[str, Any]:
    rule, _, completion = name.partition("/")
    if rule in {"equalshares", "equal-shares", "mes"}:
        return {
            "rule": Rule.EQUAL_SHARES,
            "completion": Completion.ADD1 if completion == "add1" else Completion.NONE,
        }
    return {"rule": Rule.GREEDY, "completion": Completion.NONE}


def _greatest_first(ballot_type: BallotType) -> Utility:
    return Utility.BORDA_COST if ballot_type is BallotType.ORDINAL else Utility.COST
