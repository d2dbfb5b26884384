"""What a valid ballot is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.rulebook import ballots
from budgeting.rulebook.rules import BallotRule
from budgeting.vocabulary import BallotType

ONE_TO_THREE = BallotRule(ballot_type=BallotType.APPROVAL, min_choices=1, max_choices=3)
ON_THE_BALLOT = ("1", "2", "3", "4", "5")
PAPER = ballots.Paper(dict.fromkeys(ON_THE_BALLOT, 20_000_00), 70_000_00)


@pytest.mark.parametrize("choices", [["1"], ["5", "2"], ["3", "1", "4"]])
def test_a_ballot_within_the_limits_is_valid(choices):
    ballots.check(choices, ONE_TO_THREE, PAPER)


@pytest.mark.parametrize(
    ("choices", "refusal"),
    [
        ([], ballots.TooFewChoices),
        (["1", "2", "3", "4"], ballots.TooManyChoices),
        (["1", "1"], ballots.ChosenTwice),
        (["1", "9"], ballots.NotOnTheBallot),
    ],
)
def test_a_ballot_that_breaks_a_rule_is_refused_by_its_name(choices, refusal):
    with pytest.raises(refusal):
        ballots.check(choices, ONE_TO_THREE, PAPER)


def test_the_refusal_says_what_to_do():
    with pytest.raises(ballots.TooManyChoices, match=r"Vælg højst 3\. Du har valgt 4\."):
        ballots.check(["1", "2", "3", "4"], ONE_TO_THREE, PAPER)


def test_a_pot_with_fewer_projects_than_the_least_number_can_still_be_voted_about():
    rule = BallotRule(ballot_type=BallotType.APPROVAL, min_choices=3, max_choices=5)

    ballots.check(["1", "2"], rule, ballots.Paper({"1": 100, "2": 100}, 100))


@given(
    st.lists(st.sampled_from([*ON_THE_BALLOT, "x"]), max_size=7),
    st.integers(1, 4),
    st.integers(0, 4),
)
def test_a_ballot_is_valid_exactly_when_all_four_rules_hold(choices, minimum, more):
    rule = BallotRule(
        ballot_type=BallotType.ORDINAL, min_choices=minimum, max_choices=minimum + more
    )
    holds = (
        len(set(choices)) == len(choices)
        and set(choices) <= set(ON_THE_BALLOT)
        and minimum <= len(choices) <= minimum + more
    )

    assert is_valid(choices, rule) is holds


def is_valid(choices, rule, points=None, paper=PAPER):
    try:
        ballots.check(choices, rule, paper, points)
    except ballots.InvalidBallot:
        return False
    return True


KNAPSACK = BallotRule(ballot_type=BallotType.KNAPSACK, min_choices=1, max_choices=0)


@given(
    st.lists(st.sampled_from(ON_THE_BALLOT), unique=True),
    st.lists(st.integers(1, 90), min_size=5, max_size=5),
    st.integers(1, 300),
)
def test_a_knapsack_holds_any_number_of_projects_up_to_the_pots_sum(choices, costs, limit):
    paper = ballots.Paper(dict(zip(ON_THE_BALLOT, costs, strict=True)), limit)
    spent = sum(paper.costs_oere[one] for one in choices)

    assert is_valid(choices, KNAPSACK, paper=paper) is (bool(choices) and spent <= limit)


def test_a_knapsack_that_costs_more_is_told_how_much():
    with pytest.raises(ballots.MoreThanThePot) as refused:
        ballots.check(["1", "2", "3", "4"], KNAPSACK, PAPER)

    assert refused.value.values == {"over_oere": 10_000_00}


@given(
    st.lists(st.integers(-1, 6), max_size=5),
    st.integers(1, 9),
    st.integers(1, 6),
)
def test_a_voter_spreads_whole_votes_up_to_their_number_and_the_cap(points, votes, most):
    rule = replace(
        KNAPSACK, ballot_type=BallotType.CUMULATIVE, votes_each=votes, most_per_project=most
    )
    holds = bool(points) and all(1 <= one <= most for one in points) and sum(points) <= votes

    assert is_valid(ON_THE_BALLOT[: len(points)], rule, points) is holds


def test_both_votes_may_go_to_one_idea():
    rule = replace(KNAPSACK, ballot_type=BallotType.CUMULATIVE, votes_each=2, most_per_project=2)

    ballots.check(["4"], rule, PAPER, [2])


@given(
    st.lists(st.integers(-1, 6), max_size=5),
    st.integers(0, 1),
    st.integers(2, 5),
    st.integers(1, 5),
    st.booleans(),
)
def test_points_lie_on_the_scale_and_all_are_scored_where_the_rules_say_so(
    points, lowest, highest, fewest, must_score_all
):
    rule = BallotRule(
        ballot_type=BallotType.SCORING,
        min_choices=fewest,
        max_choices=0,
        lowest_points=lowest,
        highest_points=highest,
        must_score_all=must_score_all,
    )
    enough = len(points) == len(ON_THE_BALLOT) if must_score_all else len(points) >= fewest
    holds = enough and all(lowest <= one <= highest for one in points)

    assert is_valid(ON_THE_BALLOT[: len(points)], rule, points) is holds


def test_a_passed_over_project_is_told_where_all_must_be_scored():
    rule = replace(KNAPSACK, ballot_type=BallotType.SCORING, highest_points=5, must_score_all=True)

    with pytest.raises(ballots.NotAllScored, match=r"Du mangler 3\."):
        ballots.check(["1", "2"], rule, PAPER, [0, 5])


@pytest.mark.parametrize("ballot_type", BallotType)
def test_points_stand_beside_the_choices_exactly_where_the_type_has_them(ballot_type):
    rule = BallotRule(
        ballot_type=ballot_type,
        min_choices=1,
        max_choices=0,
        votes_each=9,
        most_per_project=9,
        highest_points=9,
    )

    assert is_valid(["1"], rule) is (ballot_type not in ballots.WITH_POINTS)
    assert is_valid(["1"], rule, [1]) is (ballot_type in ballots.WITH_POINTS)
    assert not is_valid(["1"], rule, [1, 1])
