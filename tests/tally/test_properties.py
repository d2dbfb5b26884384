"""What must hold for every election, whatever the rule."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from budgeting.tally import Instance, Outcome, Profile, Project, RuleSettings, count
from tests.tally.conftest import ASSEN
from tests.tally.elections import TIES, elections, many, utilities

MANY = many(150)
COMPLETIONS = ["none", "add1", "add1-greedy", "greedy", "phragmen"]


@st.composite
def any_rule(draw, profile):
    """Settings that suit the ballots."""
    kind = str(profile.ballot_type)
    rules = ["greedy", "equal-shares", "phragmen", "max-welfare"]
    rules += {"ordinal": ["expanding-approvals"], "cumulative": ["minimal-transfers"]}.get(kind, [])
    return RuleSettings(
        draw(st.sampled_from(rules)),
        draw(utilities(profile)),
        draw(st.sampled_from(COMPLETIONS)),
        draw(st.sampled_from(["over-budget", "exhaustive"])),
        ties=draw(TIES),
    )


@MANY
@given(st.data(), elections())
def test_nothing_is_spent_over_the_limit(data, election):
    outcome = count(*election, data.draw(any_rule(election[1])))
    costs = {project.id: project.cost for project in election[0].projects}
    assert outcome.total_cost == sum(costs[one] for one in outcome.winners)
    assert outcome.total_cost + outcome.left == outcome.budget_limit
    assert outcome.left >= 0


@MANY
@given(st.data(), elections())
def test_every_project_has_a_reason(data, election):
    outcome = count(*election, data.draw(any_rule(election[1])))
    assert set(outcome.reasons) == {project.id for project in election[0].projects}
    funded = {one for one, reason in outcome.reasons.items() if reason.is_funded}
    assert funded == set(outcome.winners)
    for place, one in enumerate(outcome.winners, start=1):
        assert outcome.reasons[one].position == place


@MANY
@given(st.data(), elections())
def test_an_outcome_survives_json(data, election):
    outcome = count(*election, data.draw(any_rule(election[1])))
    assert Outcome.from_json(outcome.to_json()) == outcome


@MANY
@given(st.data(), elections(), st.integers(0, 2**32))
def test_the_order_of_rows_changes_nothing(data, election, seed):
    instance, profile = election
    rule = data.draw(any_rule(profile))
    projects, ballots = list(instance.projects), list(profile.ballots)
    random.Random(seed).shuffle(projects)
    random.Random(seed).shuffle(ballots)
    shuffled = replace(instance, projects=tuple(projects)), replace(profile, ballots=tuple(ballots))
    assert count(*shuffled, rule) == count(instance, profile, rule)


@MANY
@given(st.data(), elections())
def test_money_in_hundredths_changes_nothing(data, election):
    instance, profile = election
    rule = data.draw(any_rule(profile))
    projects = tuple(replace(one, cost=one.cost * 100) for one in instance.projects)
    finer = Instance(instance.budget_limit * 100, projects, unit=instance.unit * 100)
    assert count(finer, profile, rule).winners == count(instance, profile, rule).winners


@MANY
@given(st.data(), elections())
def test_twice_as_many_of_the_same_voters_change_nothing(data, election):
    instance, profile = election
    rule = replace(data.draw(any_rule(profile)), completion="none")
    twice = Profile(profile.ballot_type, profile.ballots * 2)
    assert count(instance, twice, rule).winners == count(instance, profile, rule).winners


@MANY
@given(st.data(), elections())
def test_each_voter_pays_at_most_an_equal_share(data, election):
    instance, profile = election
    rule = RuleSettings("equal-shares", data.draw(utilities(profile)))
    outcome = count(instance, profile, rule)
    assert outcome.total_cost <= instance.budget_limit
    for reason in outcome.reasons.values():
        if reason.supporters_money is not None:
            assert reason.supporters_money < reason.cost
            assert Fraction(reason.missing) >= reason.cost - reason.supporters_money


def test_hash_seeds_change_nothing():
    command = [
        sys.executable,
        "-m",
        "budgeting.tally",
        str(ASSEN),
        "--json",
        "--completion",
        "add1",
    ]
    answers = {
        subprocess.run(
            command, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(answers) == 1


def test_importing_the_tally_loads_neither_numpy_nor_the_web():
    code = (
        "import sys, budgeting.tally, budgeting.tally.pabulib;"
        "print([one for one in ('numpy', 'numba', 'flask', 'sqlalchemy') if one in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout == "[]\n"


def test_a_project_nobody_names_is_never_funded():
    instance = Instance(10, (Project("a", 1), Project("b", 1)), unit=1)
    outcome = count(instance, Profile("approval", ()), RuleSettings("equal-shares"))
    assert outcome.winners == ()
