"""What is worked out beside a count holds, is bounded, and can be checked by others."""

import json
from dataclasses import replace
from itertools import count as numbers

import pytest

from budgeting.services import beside_the_count
from budgeting.services import results as results_service
from budgeting.tally import (
    Ballot,
    GreedyOptions,
    Instance,
    Profile,
    Project,
    RuleSettings,
    count,
    verifier,
)
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


def small_round(voters, pot_kr):
    """Half want the first, which costs most of the pot; everyone else the second."""
    projects = (Project("a", 70 * pot_kr), Project("b", 60 * pot_kr))
    ballots = (Ballot(("a",)),) * (voters // 2) + (Ballot(("b",)),) * (voters - voters // 2)
    return Instance(100 * pot_kr, projects), Profile(BallotType.APPROVAL, ballots)


def coarse_raises(voters, pot_kr):
    election = small_round(voters, pot_kr)
    rows = beside_the_count.of(*election, count(*election, GREEDY))["comparison"]
    return {row["settings"]["completion"]: row["coarse_raise"] for row in rows}


def test_where_one_krone_at_a_time_is_quick_other_rules_are_counted_exactly():
    assert coarse_raises(100, 50_000)["add1"] is None


def test_where_it_would_take_long_the_data_says_by_how_much_the_shares_were_raised():
    found = coarse_raises(4, 900_000)

    assert found["add1"] == found["add1-greedy"] == 112_500
    assert found["none"] is None


def test_where_the_clock_runs_out_the_larger_raises_stand():
    election = small_round(100, 50_000)
    clock = numbers()
    rows = beside_the_count.of(*election, count(*election, GREEDY), clock=lambda: next(clock))

    assert rows["comparison"][2]["coarse_raise"] == 200


def test_a_rule_with_options_is_also_shown_without_them():
    settings = replace(GREEDY, greedy=GreedyOptions(accepts_partly=(("b", 3_000),)))

    rows = beside(settings)["comparison"]

    assert [row["settings"]["rule"] for row in rows][:2] == ["greedy", "greedy"]
    assert [row["winners"] for row in rows][:2] == [["a", "b"], ["a", "c"]]
    assert rows[0]["granted_in_part"] == {"b": 4_000}
    # 9 voters get 60 each and 7 get 40 each, of 21: 820 / 21.
    assert rows[0]["mean_funded_cost"] == "82000/21"


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
