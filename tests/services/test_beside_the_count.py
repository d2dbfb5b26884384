"""What is worked out beside a count holds, is bounded, and can be checked by others."""

import json
from itertools import count as numbers

import pytest

from budgeting.services import beside_the_count
from budgeting.services import results as results_service
from budgeting.tally import Ballot, Instance, Profile, Project, RuleSettings, count, verifier
from budgeting.tally.pabulib import Election
from budgeting.vocabulary import BallotType, Rule, Utility
from tests import results

INSTANCE = Instance(10_000, (Project("a", 6_000), Project("b", 5_000), Project("c", 4_000)))
PROFILE = Profile(
    BallotType.APPROVAL,
    (Ballot(("a",)),) * 9 + (Ballot(("b",)),) * 7 + (Ballot(("c",)),) * 5,
)
GREEDY = RuleSettings("greedy")


def beside(settings=GREEDY, **more):
    return beside_the_count.of(INSTANCE, PROFILE, count(INSTANCE, PROFILE, settings), **more)


def test_an_unfunded_project_knows_how_close_it_was():
    assert beside()["closeness"] == {
        "b": {
            "ballots_missing": 2,
            "ballots_are_least": True,
            "greatest_cost": 4_000,
            "cost_is_greatest": True,
        }
    }


def test_where_it_would_take_too_long_no_project_is_told_more_than_another():
    hours = numbers(step=3600)

    found = beside(clock=lambda: next(hours))

    assert found["closeness"] is None
    assert [row["settings"]["rule"] for row in found["comparison"]] == ["greedy"]


def test_the_rounds_own_rule_comes_first_and_once():
    rows = beside(RuleSettings("equal-shares", completion="add1"))["comparison"]
    ways = [(row["settings"]["rule"], row["settings"]["completion"]) for row in rows]

    assert ways[0] == ("equal-shares", "add1")
    assert len(ways) == len(set(ways)) == 5


@pytest.mark.parametrize(
    ("ballot_type", "rule", "utility"),
    [
        (BallotType.APPROVAL, Rule.GREEDY, Utility.COST),
        (BallotType.APPROVAL, Rule.EQUAL_SHARES, Utility.COST),
        (BallotType.APPROVAL, Rule.PHRAGMEN, Utility.CARDINALITY),
        (BallotType.ORDINAL, Rule.EXPANDING_APPROVALS, Utility.BORDA),
    ],
)
def test_the_certificate_is_accepted_by_the_verifier(session, ballot_type, rule, utility):
    made = results.counted(session, ballot_type=ballot_type, rule=rule, utility=utility)
    result = results_service.results_of(session, made.budget_round)[0]
    instance, profile = results_service.election_of(session, result)

    certificate = json.loads(json.dumps(result.count.certificate))

    assert verifier.verify(certificate, Election(instance, profile, {}, {}))
