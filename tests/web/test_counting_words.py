"""The examples that explain a count come out as they say when they are really counted."""

import itertools
from dataclasses import replace

import pytest

from budgeting.rulebook import readiness
from budgeting.tally import Ballot, Instance, Profile, Project, RuleSettings, count
from budgeting.vocabulary import BallotType, Completion, Rule, Stop
from budgeting.web import counting_words
from tests.rulebook.rounds import RULEBOOK

SWING, BENCH, BALL = "gynge", "bænk", "bold"


def winners(costs, limit, ballots, **settings):
    instance = Instance(limit, tuple(Project(id=name, cost=cost) for name, cost in costs), unit=1)
    kind = BallotType.ORDINAL if "borda" in settings["utility"] else BallotType.APPROVAL
    profile = Profile(kind, tuple(Ballot(tuple(choices)) for choices in ballots))
    return count(instance, profile, RuleSettings(**settings))


def test_most_votes_first_passes_over_the_bench():
    costs = ((SWING, 60), (BENCH, 50), (BALL, 30))
    ballots = [[SWING]] * 9 + [[BENCH]] * 7 + [[BALL]] * 5

    outcome = winners(costs, 100, ballots, rule="greedy", utility="cost")

    assert outcome.winners == (SWING, BALL)


def test_most_votes_for_the_money_begins_with_the_ball():
    costs = ((BENCH, 56), (BALL, 30))
    ballots = [[BENCH]] * 7 + [[BALL]] * 5

    outcome = winners(costs, 100, ballots, rule="greedy", utility="cardinality")

    assert outcome.winners == (BALL, BENCH)


def test_most_points_begins_with_the_bench():
    costs = ((SWING, 10), (BENCH, 10), (BALL, 10))
    ballots = [[SWING, BENCH, BALL], [BENCH]]

    outcome = winners(costs, 30, ballots, rule="greedy", utility="borda-cost")

    assert outcome.winners[0] == BENCH


SHARES = {
    "costs": ((SWING, 180), (BENCH, 100), (BALL, 84)),
    "limit": 400,
    "ballots": [[SWING, BALL], [SWING, BALL], [SWING], [BENCH]],
}


def test_with_equal_shares_the_ball_is_bought_when_everyone_gets_two_kroner_more():
    outcome = winners(**SHARES, rule="equal-shares", utility="cost", completion="add1")

    assert set(outcome.winners) == {SWING, BENCH, BALL}
    assert outcome.total_cost == 364


def test_with_equal_shares_alone_the_ball_is_not_bought():
    outcome = winners(**SHARES, rule="equal-shares", utility="cost", completion="none")

    assert set(outcome.winners) == {SWING, BENCH}


WAYS = [
    (ballot_type, utility, rule, completion, stop)
    for ballot_type, utilities in readiness.UTILITIES.items()
    for utility, rule, completion, stop in itertools.product(
        utilities,
        (Rule.GREEDY, Rule.EQUAL_SHARES),
        (Completion.NONE, Completion.ADD1),
        Stop,
    )
]


@pytest.mark.parametrize(("ballot_type", "utility", "rule", "completion", "stop"), WAYS)
def test_every_way_of_counting_that_a_round_may_choose_has_its_words(
    app, ballot_type, utility, rule, completion, stop
):
    tally = replace(RULEBOOK.tally, rule=rule, utility=utility, completion=completion, stop=stop)
    ballot = replace(RULEBOOK.ballot, ballot_type=ballot_type)

    with app.test_request_context():
        words = counting_words.of(replace(RULEBOOK, tally=tally, ballot=ballot), projects=14)

    assert words.title
    assert words.text
    assert "%" not in " ".join([*words.text, words.example])
