"""Rules side by side, and whether a group was neglected."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given

from budgeting.tally import (
    Ballot,
    Instance,
    Profile,
    Project,
    RuleSettings,
    count,
    proportionality,
    what_if,
)
from budgeting.tally.command import main
from tests.tally.conftest import ASSEN
from tests.tally.elections import elections, many

TOWN = (
    Instance(
        100,
        (Project("a", 60, area="nord", categories=("leg", "sport")), Project("b", 40, area="syd")),
        unit=1,
    ),
    Profile("approval", (Ballot(("a",)), Ballot(("a", "b")), Ballot(("b",)), Ballot(()))),
)


def test_a_view_says_who_got_something_and_where_the_money_went():
    (view,) = what_if.compare(*TOWN, [RuleSettings("greedy")])
    assert view.share_spent == 1
    assert view.share_with_one == Fraction(3, 4)
    assert view.mean_funded_cost == Fraction(60 + 100 + 40, 4)
    assert view.by_area == {"nord": Fraction(3, 5), "syd": Fraction(2, 5)}
    assert view.by_category == {
        "": Fraction(2, 5),
        "leg": Fraction(3, 10),
        "sport": Fraction(3, 10),
    }


def test_the_usual_rules_suit_every_ballot_type():
    for kind in ("approval", "knapsack", "ordinal", "cumulative", "scoring"):
        points = (1,) if kind in ("cumulative", "scoring") else None
        profile = Profile(kind, (Ballot(("a",), points),))
        assert (
            len(what_if.compare(TOWN[0], profile, what_if.usual_settings(profile.ballot_type))) >= 5
        )


def test_greedy_neglects_the_blue_minority_and_equal_shares_does_not():
    projects = [Project(f"{colour}{n}", 10) for colour in "rb" for n in range(10)]
    votes = {colour: Ballot(tuple(f"{colour}{n}" for n in range(10))) for colour in "rb"}
    case = (
        Instance(100, tuple(projects), unit=1),
        Profile("approval", (votes["r"],) * 51 + (votes["b"],) * 49),
    )
    greedy, shares = what_if.compare(*case, [RuleSettings("greedy"), RuleSettings("equal-shares")])
    assert greedy.neglected.voters == 49
    assert greedy.neglected.claim == 49
    assert greedy.neglected.project_id.startswith("b")
    assert shares.neglected is None


@many(300)
@given(elections(("approval",)))
def test_equal_shares_by_cost_never_neglects_a_group(election):
    outcome = count(*election, RuleSettings("equal-shares", "cost"))
    assert proportionality.check(*election, outcome.winners) is None


@many(200)
@given(elections(("approval",), most_voters=6))
def test_a_neglected_group_is_found_whenever_there_is_one(election):
    outcome = count(*election, RuleSettings("greedy", "cost"))
    found = proportionality.check(*election, outcome.winners)
    assert (found is not None) == _some_group_is_neglected(*election, outcome.winners)


def _some_group_is_neglected(instance, profile, winners):
    """Every project and every group of its supporters, by the definition."""
    costs = {one.id: one.cost for one in instance.projects}
    for project in costs:
        if project in winners or costs[project] > instance.budget_limit:
            continue
        backers = [set(one.choices) for one in profile.ballots if project in one.choices]
        for size in range(1, len(backers) + 1):
            for group in combinations(backers, size):
                share = Fraction(size * instance.budget_limit, len(profile.ballots))
                got = [sum(costs[one] for one in own & set(winners)) for own in group]
                if max(got) + costs[project] <= share:
                    return True
    return False


def test_the_command_shows_rules_side_by_side(capsys):
    assert main([str(ASSEN), "--compare"]) == 0
    shown = capsys.readouterr().out
    assert "equal-shares cost" in shown
    assert "voters with one %" in shown


def test_the_command_writes_a_certificate_and_verifies_it(tmp_path, capsys):
    path = tmp_path / "certificate.json"
    assert main([str(ASSEN), "--completion", "add1", "--certificate", str(path)]) == 0
    assert main(["verify", str(path), str(ASSEN)]) == 0
    assert "The certificate holds." in capsys.readouterr().out
    path.write_text(path.read_text().replace('"ran_out": 0', '"ran_out": 1', 1))
    assert main(["verify", str(path), str(ASSEN)]) == 1
