"""What a valid ballot is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.rulebook import ballots
from budgeting.rulebook.rules import BallotRule
from budgeting.vocabulary import BallotType

ONE_TO_THREE = BallotRule(ballot_type=BallotType.APPROVAL, min_choices=1, max_choices=3)
ON_THE_BALLOT = ("1", "2", "3", "4", "5")


@pytest.mark.parametrize("choices", [["1"], ["5", "2"], ["3", "1", "4"]])
def test_a_ballot_within_the_limits_is_valid(choices):
    ballots.check(choices, ONE_TO_THREE, ON_THE_BALLOT)


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
        ballots.check(choices, ONE_TO_THREE, ON_THE_BALLOT)


def test_the_refusal_says_what_to_do():
    with pytest.raises(ballots.TooManyChoices, match=r"Vælg højst 3\. Du har valgt 4\."):
        ballots.check(["1", "2", "3", "4"], ONE_TO_THREE, ON_THE_BALLOT)


def test_a_pot_with_fewer_projects_than_the_least_number_can_still_be_voted_about():
    rule = BallotRule(ballot_type=BallotType.APPROVAL, min_choices=3, max_choices=5)

    ballots.check(["1", "2"], rule, ("1", "2"))


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

    if holds:
        ballots.check(choices, rule, ON_THE_BALLOT)
    else:
        with pytest.raises(ballots.InvalidBallot):
            ballots.check(choices, rule, ON_THE_BALLOT)
