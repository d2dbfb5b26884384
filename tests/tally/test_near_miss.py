"""How many further votes would have funded a project that was passed over."""

from hypothesis import given
from hypothesis import strategies as st

from budgeting.tally import Ballot, Instance, Profile, Project, RuleSettings, count
from budgeting.vocabulary import BallotType, ReasonKind

GREEDY = RuleSettings("greedy")


def counted(limit, projects, ballots, settings=GREEDY):
    instance = Instance(limit, tuple(Project(name, cost) for name, cost in projects.items()))
    profile = Profile(BallotType.APPROVAL, tuple(Ballot(tuple(one)) for one in ballots))
    return count(instance, profile, settings)


def test_a_project_that_did_not_fit_is_told_how_many_votes_it_lacked():
    ballots = ["a"] * 9 + ["b"] * 7 + ["c"] * 5

    outcome = counted(100, {"a": 60, "b": 70, "c": 30}, ballots)

    assert outcome.reasons["b"].votes_missing == 3


def test_standing_level_is_enough_where_the_chain_prefers_the_cheaper():
    outcome = counted(100, {"a": 60, "b": 50}, ["a"] * 9 + ["b"] * 7)

    assert outcome.reasons["b"].votes_missing == 2


def test_a_funded_project_lacks_nothing():
    outcome = counted(100, {"a": 60}, ["a"])

    assert outcome.reasons["a"].votes_missing is None


elections = st.tuples(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(10, 90), min_size=2),
    st.lists(st.sets(st.sampled_from("abcdef")), max_size=12),
    st.sampled_from(["cost,votes,id", "votes,cost", "id", "lot:seed"]),
    st.sampled_from(["cost", "cardinality"]),
)


@given(elections)
def test_so_many_further_votes_fund_it_and_one_fewer_does_not(election):
    projects, sets, ties, utility = election
    ballots = [sorted(one & set(projects)) for one in sets]
    settings = RuleSettings("greedy", utility, ties=ties)
    outcome = counted(100, projects, ballots, settings)

    for project_id, reason in outcome.reasons.items():
        if reason.kind not in (ReasonKind.DID_NOT_FIT, ReasonKind.LOST_TIE):
            continue
        missing = reason.votes_missing
        enough = counted(100, projects, ballots + [[project_id]] * missing, settings)
        assert project_id in enough.winners
        fewer = counted(100, projects, ballots + [[project_id]] * (missing - 1), settings)
        assert project_id not in fewer.winners
