"""Greedy with the options found in real rulebooks, and what real towns decided with them."""

from fractions import Fraction

import pytest

from budgeting.tally import (
    Ballot,
    Cap,
    GreedyOptions,
    Instance,
    Profile,
    Project,
    RuleSettings,
    count,
)
from budgeting.vocabulary import ReasonKind
from tests.tally.conftest import expected, read


def counted(costs, votes, budget, **options):
    """Projects a, b, c ... with so many single votes each."""
    projects = tuple(
        Project(one, cost, area="nord" if one in "ac" else "syd", categories=("leg",))
        for one, cost in zip("abcdef", costs, strict=False)
    )
    ballots = tuple(
        Ballot((one.id,)) for one, many in zip(projects, votes, strict=True) for _ in range(many)
    )
    rule = RuleSettings("greedy", ties="id", greedy=GreedyOptions(**options))
    return count(Instance(budget, projects, unit=1), Profile("approval", ballots), rule)


def test_a_project_that_does_not_fit_is_passed_over():
    outcome = counted([50, 60, 40], [3, 2, 1], 100)
    assert outcome.winners == ("a", "c")
    assert outcome.reasons["b"].kind is ReasonKind.DID_NOT_FIT
    assert outcome.reasons["b"].missing == 10


def test_no_skip_stops_at_the_first_that_does_not_fit():
    assert counted([50, 60, 40], [3, 2, 1], 100, no_skip=True).winners == ("a",)


def test_a_threshold_by_number_bars_who_has_fewer():
    outcome = counted([10, 10, 10], [3, 2, 1], 100, least_votes=2)
    assert outcome.winners == ("a", "b")
    assert outcome.reasons["c"].kind is ReasonKind.TOO_LITTLE_SUPPORT


def test_a_threshold_by_share_is_exact():
    assert counted([10, 10], [2, 1], 100, least_share="1/3").winners == ("a", "b")
    assert counted([10, 10], [3, 1], 100, least_share="1/3").winners == ("a",)


def test_the_first_misfit_is_funded_from_a_reserve_if_four_fifths_are_left():
    outcome = counted([50, 60, 10], [3, 2, 1], 98, reserve_share="4/5")
    assert outcome.winners == ("a", "b")
    assert "reserve_used" in outcome.remarks
    assert counted([50, 60, 10], [3, 2, 1], 97, reserve_share="4/5").winners == ("a",)


def test_of_an_exclusive_group_one_is_funded():
    outcome = counted([10, 10, 10], [3, 2, 1], 100, exclusive_groups=(("a", "b"),))
    assert outcome.winners == ("a", "c")
    assert outcome.reasons["b"].kind is ReasonKind.EXCLUDED


def test_a_cap_holds_the_projects_of_an_area_down():
    outcome = counted([10, 10, 10], [3, 2, 1], 100, caps=(Cap("area", "nord", 15),))
    assert outcome.winners == ("a", "b")
    assert counted([10, 10, 10], [3, 2, 1], 100, caps=(Cap("category", "leg", 20),)).winners == (
        "a",
        "b",
    )


def test_holbaek_gives_the_rest_to_the_next_who_accepts_less():
    outcome = counted([2507, 700], [3, 2], 3000, accepts_partly=(("b", 490),))
    assert outcome.winners == ("a", "b")
    assert outcome.reasons["b"].kind is ReasonKind.FUNDED_IN_PART
    assert outcome.reasons["b"].granted == 493
    assert (outcome.total_cost, outcome.left) == (3000, 0)
    assert counted([2507, 700], [3, 2], 3000, accepts_partly=(("b", 494),)).winners == ("a",)


def test_who_lost_a_tie_is_told_so():
    outcome = counted([60, 60], [2, 2], 100)
    assert outcome.winners == ("a",)
    assert outcome.reasons["b"].kind is ReasonKind.LOST_TIE
    assert outcome.reasons["b"].tied_with == ("a",)
    assert outcome.ties[0].value == Fraction(2)


def _decided():
    """Files counted by greedy; Kraków's 3, 2, 1 points by rank are no utility of ours."""
    for file in expected():
        election = read(file)
        if election.profile.ballot_type == "ordinal":
            continue
        if election.meta.get("rule", "").startswith("greedy") and election.selected:
            yield file


@pytest.mark.parametrize("file", list(_decided()))
def test_what_towns_decided_by_greedy_comes_out(file):
    election = read(file)
    utility = "points-cost" if election.profile.ballot_type == "cumulative" else "cost"
    least = int(election.meta.get("min_project_score_threshold", 0))
    options = {
        "greedy": GreedyOptions(),
        "greedy-no-skip": GreedyOptions(no_skip=True),
        "greedy-threshold": GreedyOptions(least_points=least),
        "greedy-custom": GreedyOptions(reserve_share="4/5"),
    }[election.meta["rule"]]
    rule = RuleSettings("greedy", utility, greedy=options)
    outcome = count(election.instance, election.profile, rule)
    assert set(outcome.winners) == {one for one, chosen in election.selected.items() if chosen}
