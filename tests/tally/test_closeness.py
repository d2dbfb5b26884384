"""How close a project was: found by counting again, and true when counted again."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from budgeting.tally import Ballot, Instance, Profile, Project, RuleSettings, closeness, count
from tests.tally.elections import elections, many, utilities

AARHUS = (
    Instance(80000, (Project("1", 32000), Project("2", 78450), Project("3", 20000)), unit=1),
    Profile("approval", tuple(Ballot((one,)) for one in "111112223")),
)
GREEDY = RuleSettings("greedy", ties="cost,id")


def test_aarhus_the_second_could_have_cost_what_was_left():
    close = closeness.how_close(*AARHUS, GREEDY, "2")
    assert (close.greatest_cost, close.cost_is_greatest) == (48000, True)


def test_aarhus_the_second_needed_three_votes_to_overtake_the_first():
    close = closeness.how_close(*AARHUS, GREEDY, "2")
    assert (close.ballots_missing, close.ballots_are_least) == (3, True)


def test_a_funded_project_lacks_nothing_and_could_have_been_dearer():
    close = closeness.how_close(*AARHUS, GREEDY, "3")
    assert (close.ballots_missing, close.greatest_cost) == (0, 48000)


def test_no_number_of_votes_helps_a_project_dearer_than_the_pot():
    instance = replace(AARHUS[0], projects=(*AARHUS[0].projects, Project("4", 80001)))
    close = closeness.how_close(instance, AARHUS[1], GREEDY, "4")
    assert close.ballots_missing is None


@many(60)
@given(st.data(), elections(), st.sampled_from(["greedy", "equal-shares", "phragmen"]))
def test_every_number_is_confirmed_by_a_count(data, election, rule):
    instance, profile = election
    project = data.draw(st.sampled_from(instance.projects))
    chosen = RuleSettings(rule, data.draw(utilities(profile)))
    close = closeness.how_close(instance, profile, chosen, project.id)
    if close.ballots_missing:
        assert project.id in _with_ballots(election, project.id, close.ballots_missing, chosen)
        assert project.id not in _with_ballots(
            election, project.id, close.ballots_missing - 1, chosen
        )
    if close.greatest_cost is not None:
        changed = tuple(
            replace(one, cost=close.greatest_cost) if one == project else one
            for one in instance.projects
        )
        assert project.id in count(replace(instance, projects=changed), profile, chosen).winners


def _with_ballots(election, project_id, many, rule):
    instance, profile = election
    points = None
    if profile.ballot_type == "cumulative":
        points = (max([1, *(own for one in profile.ballots for own in one.points)]),)
    ballots = profile.ballots + (Ballot((project_id,), points),) * many
    return count(instance, replace(profile, ballots=ballots), rule).winners
