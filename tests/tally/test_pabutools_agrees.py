"""pabutools as an oracle, in tests only. Its quirks are named where they are stepped around."""

import warnings

from hypothesis import given
from hypothesis import strategies as st

from budgeting.tally import RuleSettings, count
from tests.tally.elections import elections, many

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pabutools import election as pb
    from pabutools import rules
    from pabutools.tiebreaking import lexico_tie_breaking

MANY = many(120)
SATISFACTION = {
    "cost": pb.Cost_Sat,
    "cardinality": pb.Cardinality_Sat,
    "points": pb.Additive_Cardinal_Sat,
    "borda-length": pb.Additive_Borda_Sat,
}


def theirs(election):
    """The same election for pabutools."""
    instance, profile = election
    projects = {one.id: pb.Project(one.id, one.cost) for one in instance.projects}
    own = pb.Instance(projects.values(), budget_limit=instance.budget_limit)
    ballots = [_ballot(profile.ballot_type, one, projects) for one in profile.ballots]
    kinds = {
        "approval": pb.ApprovalProfile,
        "ordinal": pb.OrdinalProfile,
        "cumulative": pb.CardinalProfile,
    }
    return own, kinds[str(profile.ballot_type)](ballots, instance=own)


def _ballot(kind, ballot, projects):
    named = [projects[one] for one in ballot.choices]
    if kind == "cumulative":
        return pb.CardinalBallot(dict(zip(named, ballot.points, strict=True)))
    return pb.OrdinalBallot(named) if kind == "ordinal" else pb.ApprovalBallot(named)


def names(allocation):
    return {str(project.name) for project in allocation}


def unnamed(outcome):
    """pabutools funds projects that nobody named if money is left; we never do."""
    return {one for one, reason in outcome.reasons.items() if reason.kind == "no_support"}


UTILITY = {
    "approval": ["cost", "cardinality"],
    "ordinal": ["borda-length"],
    "cumulative": ["points"],
}


@st.composite
def cases(draw, kinds=("approval", "ordinal", "cumulative")):
    """An election and a utility; pabutools wants at least one project that can be afforded."""
    election = draw(
        elections(kinds).filter(
            lambda one: max(p.cost for p in one[0].projects) <= one[0].budget_limit
        )
    )
    return election, draw(st.sampled_from(UTILITY[str(election[1].ballot_type)]))


@MANY
@given(cases())
def test_greedy(case):
    election, utility = case
    instance, profile = theirs(election)
    chosen = rules.greedy_utilitarian_welfare(
        instance, profile, sat_class=SATISFACTION[utility], tie_breaking=lexico_tie_breaking
    )
    outcome = count(*election, RuleSettings("greedy", utility, ties="id"))
    assert set(outcome.winners) == names(chosen) - unnamed(outcome)


@MANY
@given(cases(), st.booleans())
def test_equal_shares(case, raised):
    election, utility = case
    instance, profile = theirs(election)
    more = {"voter_budget_increment": 1} if raised else {}
    chosen = rules.method_of_equal_shares(
        instance,
        profile,
        sat_class=SATISFACTION[utility],
        tie_breaking=lexico_tie_breaking,
        **more,
    )
    completion = "add1" if raised else "none"
    rule = RuleSettings("equal-shares", utility, completion, "exhaustive", ties="id")
    outcome = count(*election, rule)
    if not raised or _all_are_named(election):
        # Its stop looks at every project, also those that nobody named.
        assert set(outcome.winners) == names(chosen)


@MANY
@given(cases(("approval",)))
def test_phragmen(case):
    election, _ = case
    instance, profile = theirs(election)
    chosen = rules.sequential_phragmen(instance, profile, tie_breaking=lexico_tie_breaking)
    outcome = count(*election, RuleSettings("phragmen", ties="id"))
    assert set(outcome.winners) == names(chosen) - unnamed(outcome)


@many(40)
@given(cases(("approval", "cumulative")))
def test_max_welfare(case):
    election, utility = case
    instance, profile = theirs(election)
    chosen = rules.max_additive_utilitarian_welfare(
        instance, profile, sat_class=SATISFACTION[utility]
    )
    outcome = count(*election, RuleSettings("max-welfare", utility, ties="id"))
    # Among equally good sets it may answer another one than the chain's first.
    satisfaction = SATISFACTION[utility]
    total = sum(satisfaction(instance, profile, one).sat(chosen) for one in profile)
    mine = [project for project in instance if project.name in outcome.winners]
    assert sum(satisfaction(instance, profile, one).sat(mine) for one in profile) == total


def _all_are_named(election):
    instance, profile = election
    named = {one for ballot in profile.ballots for one in _supported(ballot)}
    return named == {project.id for project in instance.projects}


def _supported(ballot):
    if ballot.points is None:
        return ballot.choices
    return [one for one, own in zip(ballot.choices, ballot.points, strict=True) if own]
