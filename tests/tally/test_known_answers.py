"""The worked examples every implementation must get right."""

import pytest

from budgeting.tally import Ballot, Instance, Profile, Project, RuleSettings, count


def election(costs, budget, ballots, ballot_type="approval", unit=1):
    """Costs by id, and ballots as (how many, ids)."""
    projects = tuple(Project(one, cost) for one, cost in costs.items())
    cast = tuple(Ballot(tuple(choices)) for many, choices in ballots for _ in range(many))
    return Instance(budget, projects, unit=unit), Profile(ballot_type, cast)


def winners(case, rule, utility="cost", completion="none", stop="over-budget", **more):
    """The winners as a set."""
    return set(count(*case, RuleSettings(rule, utility, completion, stop, **more)).winners)


REDS, BLUES = [f"r{n}" for n in range(10)], [f"s{n}" for n in range(10)]
TOWNS = election(dict.fromkeys(REDS + BLUES, 10), 100, [(51, REDS), (49, BLUES)])


def reds_and_blues(chosen):
    return sum(one in REDS for one in chosen), sum(one in BLUES for one in chosen)


@pytest.mark.parametrize(
    ("rule", "completion", "expected"),
    [
        ("greedy", "none", (10, 0)),
        ("equal-shares", "none", (5, 4)),
        ("equal-shares", "add1", (5, 4)),
        ("equal-shares", "greedy", (6, 4)),
        ("equal-shares", "add1-greedy", (6, 4)),
        ("phragmen", "none", (5, 5)),
    ],
)
def test_51_against_49(rule, completion, expected):
    assert reds_and_blues(winners(TOWNS, rule, completion=completion)) == expected


RUNNING = election(
    dict.fromkeys("abcdefg", 1),
    4,
    [(3, "ab"), (3, "ac"), (2, "ad"), (1, "bcf"), (1, "e"), (1, "f"), (1, "g")],
)


@pytest.mark.parametrize(
    ("rule", "completion", "expected"),
    [
        ("equal-shares", "none", "a"),
        ("equal-shares", "phragmen", "abcd"),
        ("phragmen", "none", "abcd"),
        ("greedy", "none", "abcd"),
    ],
)
def test_running_example_of_lackner_and_skowron(rule, completion, expected):
    assert winners(RUNNING, rule, completion=completion, ties="id") == set(expected)


def test_each_supporter_pays_an_eighth_in_the_running_example():
    outcome = count(*RUNNING, RuleSettings("equal-shares", ties="id"))
    assert outcome.steps[0].score == 8


STOPS = election(
    {"p1": 20, "p2": 32, "p3": 60},
    100,
    [(1, ["p1"]), (1, ["p1", "p3"]), (2, ["p2", "p3"]), (1, ["p3"])],
    unit=10,
)


@pytest.mark.parametrize(
    ("rule", "utility", "completion", "stop", "expected"),
    [
        ("equal-shares", "cardinality", "none", "over-budget", {"p1", "p2"}),
        ("equal-shares", "cost", "none", "over-budget", {"p1", "p3"}),
        ("phragmen", "cost", "none", "over-budget", {"p1", "p2"}),
        ("equal-shares", "cardinality", "add1", "exhaustive", {"p1", "p2"}),
        ("equal-shares", "cardinality", "add1", "over-budget", {"p1", "p3"}),
    ],
)
def test_the_two_stops_part(rule, utility, completion, stop, expected):
    assert winners(STOPS, rule, utility, completion, stop) == expected


STEPS = election(
    {"p0": 100, "p1": 90, "p2": 200, "p3": 109},
    400,
    [(1, ["p0"]), (2, ["p1", "p2", "p3"]), (1, ["p2"])],
    unit=100,
)


def test_small_increments_matter():
    assert winners(STEPS, "equal-shares", "cardinality") == {"p0", "p1", "p3"}
    assert winners(STEPS, "equal-shares", "cost") == {"p0", "p2"}
    raised = winners(STEPS, "equal-shares", "cost", "add1", increment=10)
    assert raised == {"p0", "p1", "p2"}


@pytest.mark.parametrize(
    ("costs", "budget", "ballots", "expected"),
    [
        ({"a": 3, "b": 2, "c": 2, "d": 2}, 4, [(1, "abcd")], "a"),
        (dict.fromkeys("abcd", 1), 3, [(2, "abcd"), (2, "bacd"), (2, "cdab")], "abc"),
        ({"a": 9, "b": 1, "c": 1, "d": 1}, 10, [(7, "abcd"), (3, "dcba")], "bcd"),
        (
            {"a": 50, "b": 30, "c": 30, "d": 40},
            100,
            [(15, "abcd"), (15, "bacd"), (70, "dcba")],
            "bcd",
        ),
    ],
)
def test_expanding_approvals(costs, budget, ballots, expected):
    case = election(costs, budget, ballots, "ordinal")
    assert winners(case, "expanding-approvals", "borda") == set(expected)


def test_aarhus_passes_over_what_does_not_fit():
    case = election(
        {"first": 32000, "second": 78450, "third": 20000},
        80000,
        [(3, ["first"]), (2, ["second"]), (1, ["third"])],
    )
    assert winners(case, "greedy") == {"first", "third"}
