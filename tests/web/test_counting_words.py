"""The examples that explain a count come out as they say when they are really counted."""

import itertools
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from budgeting.rulebook import readiness
from budgeting.rulebook.rules import CapRule
from budgeting.tally import Ballot, GreedyOptions, Instance, Profile, Project, RuleSettings, count
from budgeting.vocabulary import BallotType, Comparison, Completion, Rule, Stop
from budgeting.web import counting_words
from tests.rulebook.rounds import RULEBOOK
from tests.words import soft

SWING, BENCH, BALL = "gynge", "bænk", "bold"


def winners(costs, limit, ballots, **settings):
    instance = Instance(limit, tuple(Project(id=name, cost=cost) for name, cost in costs), unit=1)
    is_ranked = "borda" in settings["utility"]
    kind = BallotType.ORDINAL if is_ranked else BallotType.APPROVAL
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


@pytest.mark.parametrize("completion", ["greedy", "phragmen"])
def test_with_equal_shares_what_is_left_buys_the_ball(completion):
    alone = winners(**SHARES, rule="equal-shares", utility="cost")
    completed = winners(**SHARES, rule="equal-shares", utility="cost", completion=completion)

    assert alone.left == 120
    assert set(completed.winners) == {SWING, BENCH, BALL}


def test_where_all_carry_the_same_the_bench_comes_before_the_ball():
    costs = ((SWING, 60), (BENCH, 30), (BALL, 66))
    ballots = [[SWING, BALL]] * 3 + [[BENCH]]

    outcome = winners(costs, 130, ballots, rule="phragmen", utility="cardinality")

    assert outcome.winners == (SWING, BENCH)
    assert [1 / step.score for step in outcome.steps] == [20, 30, 42]
    assert outcome.left == 40


def test_first_places_first_and_then_the_second_buy_the_bench():
    costs = ((SWING, 60), (BENCH, 60), (BALL, 50))
    ballots = [[SWING, BENCH]] * 2 + [[BENCH, SWING], [BALL, BENCH]]

    outcome = winners(costs, 120, ballots, rule="expanding-approvals", utility="borda")

    assert outcome.winners == (SWING, BENCH)
    assert [step.note for step in outcome.steps] == ["depth_1", "depth_2"]


def pointed(kind, costs, limit, ballots, **settings):
    instance = Instance(limit, tuple(Project(id=name, cost=cost) for name, cost in costs), unit=1)
    given = tuple(Ballot(tuple(one), tuple(one.values())) for one in ballots)
    return count(instance, Profile(kind, given), RuleSettings(**settings))


def test_most_votes_of_those_that_were_spread_buy_the_swing_and_the_ball():
    costs = ((SWING, 60), (BALL, 30))
    ballots = [{SWING: 2}, {SWING: 1, BALL: 1}]

    outcome = pointed(
        BallotType.CUMULATIVE, costs, 100, ballots, rule="greedy", utility="points-cost"
    )

    assert outcome.winners == (SWING, BALL)
    assert [step.score for step in outcome.steps] == [3, 1]


def test_most_points_that_were_given_buy_the_bench_and_not_the_swing():
    costs = ((SWING, 60), (BENCH, 50))
    ballots = [{SWING: 5, BENCH: 3}, {SWING: 1, BENCH: 4}]

    outcome = pointed(BallotType.SCORING, costs, 100, ballots, rule="greedy", utility="points-cost")

    assert outcome.winners == (BENCH,)
    assert [step.score for step in outcome.steps] == [7, 6]


def test_where_the_money_follows_the_votes_the_swing_and_then_the_bench_are_paid():
    costs = ((SWING, 12), (BENCH, 16))
    ballots = [{SWING: 2}, {SWING: 1, BENCH: 1}, {BENCH: 2}]

    outcome = pointed(
        BallotType.CUMULATIVE, costs, 30, ballots, rule="minimal-transfers", utility="points"
    )

    assert outcome.winners == (SWING, BENCH)
    assert [(step.note, step.score * step.cost) for step in outcome.steps] == [
        ("funded", 15),
        ("funded", 16),
    ]


WAYS = [
    (ballot_type, utility, rule, completion, stop)
    for ballot_type, utilities in readiness.UTILITIES.items()
    for utility, rule, completion, stop in itertools.product(
        utilities, readiness.RULES[ballot_type], Completion, Stop
    )
]
SPECIALS = [
    {},
    {"no_skip": True, "least_votes": 5, "least_percent": 3},
    {
        "no_skip": True,
        "reserve_percent": 75,
        "in_part": True,
        "has_groups": True,
        "caps": (CapRule(pot="Puljen", kind="area", name="Nordby", limit_oere=5_000_000),),
    },
    {"comparison": Comparison.NUMBER},
    {"comparison": Comparison.COST},
]


@pytest.mark.parametrize("special", SPECIALS)
@pytest.mark.parametrize(("ballot_type", "utility", "rule", "completion", "stop"), WAYS)
def test_every_way_of_counting_that_a_round_may_choose_has_its_words(
    words_app, ballot_type, utility, rule, completion, stop, special
):
    tally = replace(
        RULEBOOK.tally, rule=rule, utility=utility, completion=completion, stop=stop, **special
    )
    ballot = replace(RULEBOOK.ballot, ballot_type=ballot_type)

    words = counting_words.of(replace(RULEBOOK, tally=tally, ballot=ballot), projects=14)

    assert words.title
    assert words.text
    assert "%" not in " ".join([*words.text, words.example])


def test_what_most_votes_first_asks_of_a_project_is_said(words_app):
    tally = replace(RULEBOOK.tally, rule=Rule.GREEDY, no_skip=True, least_votes=5, least_percent=3)

    words = counting_words.of(replace(RULEBOOK, tally=tally), projects=14)

    assert "Er der ikke penge nok til et projekt, stopper vi." in " ".join(words.text)
    assert "mindst 5 vælgere" in " ".join(words.text)
    assert "mindst 3 procent" in " ".join(words.text)


@pytest.fixture(scope="module")
def words_app():
    bare = Flask("words")
    Babel(bare, default_locale="da")
    with bare.app_context(), force_locale("da"):
        yield bare


def most_votes(ballots, **options):
    costs = ((SWING, 60), (BENCH, 50), (BALL, 30))
    return winners(
        costs, 100, ballots, rule="greedy", utility="cost", greedy=GreedyOptions(**options)
    )


def test_the_examples_of_the_reserve_and_of_a_part_come_out_as_they_say(words_app):
    ballots = [[SWING]] * 9 + [[BENCH]] * 7 + [[BALL]] * 5

    reserve = most_votes(ballots, no_skip=True, reserve_share="80/100")
    in_part = most_votes(ballots, accepts_partly=((BENCH, 35),))

    assert (reserve.winners, reserve.total_cost) == ((SWING, BENCH), 110)
    assert in_part.winners == (SWING, BENCH)
    assert in_part.reasons[BENCH].granted == 40
    assert "de sidste 10 kr. kommer fra reserven" in told(no_skip=True, reserve_percent=80)
    assert "får de 40 kr." in told(in_part=True)


def told(**options):
    tally = replace(RULEBOOK.tally, rule=Rule.GREEDY, **options)
    words = counting_words.of(replace(RULEBOOK, tally=tally), projects=14)
    return soft(" ".join([*words.text, words.example]))


def test_groups_and_caps_are_said(words_app):
    cap = CapRule(pot="Puljen", kind="area", name="Nordby", limit_oere=5_000_000)

    assert "udelukke hinanden" in told(has_groups=True)
    assert "Puljen: Projekter i Nordby får højst 50.000 kr. tilsammen. Projekter om" not in told()
    text = told(caps=(cap, replace(cap, kind="category", name="idræt")))
    assert "Puljen: Projekter i Nordby får højst 50.000 kr. tilsammen." in text
    assert "Puljen: Projekter, der hører under „idræt“, får højst 50.000 kr. tilsammen." in text
