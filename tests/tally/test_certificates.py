"""A certificate is accepted as it is and refused once anything in it is touched."""

import copy
import json
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.tally import (
    Ballot,
    Instance,
    Profile,
    Project,
    RuleSettings,
    certificates,
    count,
    verifier,
)
from budgeting.tally.pabulib import Election
from tests.tally.conftest import read
from tests.tally.elections import TIES, elections, many, utilities


def certified(instance, profile, rule):
    outcome = count(instance, profile, rule)
    certificate = certificates.certify(instance, profile, outcome)
    return json.loads(json.dumps(certificate)), Election(instance, profile)


COMPLETIONS = ["none", "add1", "add1-greedy", "greedy", "phragmen"]


@many(150)
@given(
    st.data(),
    elections(),
    TIES,
    st.sampled_from(COMPLETIONS),
    st.sampled_from(["over-budget", "exhaustive"]),
    st.sampled_from([None, None, "number", "cost"]),
)
def test_every_certificate_of_equal_shares_holds(data, election, ties, completion, stop, compare):
    utility = data.draw(utilities(election[1]))
    rule = RuleSettings("equal-shares", utility, completion, stop, ties=ties, compare=compare)
    verifier.verify(*certified(*election, rule))


@many(300)
@given(elections(), TIES, st.booleans())
def test_every_certificate_of_the_other_rules_holds(election, ties, skip):
    profile = election[1]
    rules = {
        "approval": ["greedy", "phragmen", "max-welfare"],
        "ordinal": ["greedy", "expanding-approvals", "phragmen"],
        "cumulative": ["greedy", "minimal-transfers", "max-welfare"],
    }[str(profile.ballot_type)]
    utility = {"approval": "cost", "ordinal": "borda", "cumulative": "points"}
    for rule in rules:
        chosen = RuleSettings(rule, utility[str(profile.ballot_type)], ties=ties, skip=skip)
        verifier.verify(*certified(*election, chosen))


def places_of(value, path=()):
    """Every single value in a certificate, by its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places_of(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from places_of(inner, (*path, at))
    else:
        yield path


def tampered(certificate, path, value):
    forged = copy.deepcopy(certificate)
    inner = forged
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return forged


def other_value(value):
    match value:
        case bool() | None:
            return "x"
        case int():
            return value + 1
        case str() if "/" in value:
            over, under = value.split("/")
            return f"{int(over) + 1}/{under}"
        case _:
            return f"{value}x"


# What a certificate repeats from the rulebook and no rule reads is not worth forging.
UNREAD = {"most_runs", "stop", "greedy", "increment", "compare", "skip", "completion", "utility"}


@pytest.mark.parametrize("rule", ["greedy", "equal-shares", "phragmen"])
def test_nothing_in_a_certificate_can_be_changed(assen, rule):
    completion = "add1" if rule == "equal-shares" else "none"
    chosen = RuleSettings(rule, "cost", completion, ties="id")
    certificate, election = certified(assen.instance, assen.profile, chosen)
    for path in places_of(certificate):
        if path[0] == "settings" and path[1] in UNREAD:
            continue
        value = certificate
        for key in path:
            value = value[key]
        forged = tampered(certificate, path, other_value(value))
        if path != ("settings", "ties"):
            assert is_refused(forged, election), f"accepted with {path} changed"


def is_refused(certificate, election):
    try:
        verifier.verify(certificate, election, raises="none")
    except verifier.Rejected:
        return True
    return False


def test_minimal_transfers_stay_short_and_can_be_verified():
    election = read("Worldwide_Mechanical_Turk_Utilities_7.pb")
    rule = RuleSettings("minimal-transfers", "points", ties="id")
    certificate, _ = certified(election.instance, election.profile, rule)
    assert certificate["remarks"] == ["rounded_to_1024_bits"]
    verifier.verify(certificate, election)


def test_expanding_approvals_stay_short_and_can_be_verified():
    draw = random.Random(1)
    projects = tuple(Project(f"{number:02d}", draw.randint(50, 99)) for number in range(52))
    ids = [project.id for project in projects]
    ballots = tuple(Ballot(tuple(draw.sample(ids, 52))) for _ in range(37))
    instance, profile = Instance(3403, projects, unit=1), Profile("ordinal", ballots)
    rule = RuleSettings("expanding-approvals", "borda", ties="id")
    certificate, election = certified(instance, profile, rule)
    assert certificate["remarks"] == ["rounded_to_1024_bits"]
    verifier.verify(certificate, election)


def test_a_missing_step_is_named(assen):
    certificate, election = certified(assen.instance, assen.profile, RuleSettings("greedy"))
    del certificate["steps"][3]
    with pytest.raises(verifier.Rejected) as refusal:
        verifier.verify(certificate, election)
    assert refusal.value.step == 4


def test_swapped_steps_are_refused(assen):
    rule = RuleSettings("equal-shares", ties="id")
    certificate, election = certified(assen.instance, assen.profile, rule)
    steps = certificate["shares"]
    steps[0], steps[1] = steps[1], steps[0]
    with pytest.raises(verifier.Rejected, match="step 1"):
        verifier.verify(certificate, election)


def test_one_more_ballot_is_refused(assen):
    certificate, election = certified(assen.instance, assen.profile, RuleSettings("greedy"))
    ballots = (*assen.profile.ballots, Ballot(("3",)))
    more = replace(election, profile=Profile("approval", ballots))
    with pytest.raises(verifier.Rejected, match="fingerprint"):
        verifier.verify(certificate, more)


def test_a_later_raise_than_the_last_is_refused(assen):
    rule = RuleSettings("equal-shares", completion="add1", ties="id")
    certificate, election = certified(assen.instance, assen.profile, rule)
    certificate["raised_by"] -= 100
    certificate["increments"] -= 1
    with pytest.raises(verifier.Rejected):
        verifier.verify(certificate, election)
