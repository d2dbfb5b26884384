"""The engine agrees with the slow obvious versions on elections rich in ties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.tally import RuleSettings, compiling, count, equal_shares, kernel
from budgeting.tally.electorate import gather
from budgeting.tally.shares_arena import Arena
from budgeting.tally.ties import TieChain
from tests.tally import slow_equal_shares, slow_rules
from tests.tally.elections import TIES, elections, many, utilities

MANY = many(400)


@MANY
@given(st.data(), elections(), TIES)
def test_equal_shares_buys_the_same_at_the_same_prices(data, election, ties):
    instance, profile = election
    utility = data.draw(utilities(profile))
    outcome = count(instance, profile, RuleSettings("equal-shares", utility, ties=ties))
    start = Fraction(instance.budget_limit, len(profile.ballots))
    bought, _ = slow_equal_shares.run(instance, profile, utility, ties, start)
    assert [(step.project_id, 1 / step.score) for step in outcome.steps] == bought


@MANY
@given(st.data(), elections(), TIES, st.sampled_from(["over-budget", "exhaustive"]))
def test_raising_the_shares_ends_at_the_same_place(data, election, ties, stop):
    instance, profile = election
    utility = data.draw(utilities(profile))
    rule = RuleSettings("equal-shares", utility, "add1", stop, ties=ties)
    outcome = count(instance, profile, rule)
    bought, raises = slow_equal_shares.add1(instance, profile, utility, ties, stop, 1)
    assert list(outcome.winners) == [one for one, _ in bought]
    assert outcome.increments == raises


@MANY
@given(st.data(), elections(), TIES)
def test_a_quick_run_buys_what_the_exact_one_buys(data, election, ties):
    instance, profile = election
    utility = data.draw(utilities(profile))
    arena = _arena(instance, profile, utility, ties)
    for extra in range(4):
        assert arena.run(extra)[0] == arena.tell(extra).places


@many(150)
@given(st.data(), elections(), TIES)
def test_doubting_everything_changes_nothing(data, election, ties):
    instance, profile = election
    utility = data.draw(utilities(profile))
    arena = _arena(instance, profile, utility, ties)
    sure = arena.run(1)[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "_settled", lambda *_: -1)
        assert arena.run(1)[0] == sure
        patch.setattr(kernel, "_rounding", lambda cost, terms: 0.3 * cost)
        assert arena.run(1)[0] == sure


@MANY
@given(elections(("approval",)), TIES, st.booleans())
def test_phragmen_funds_the_same(election, ties, skip):
    instance, profile = election
    outcome = count(instance, profile, RuleSettings("phragmen", ties=ties, skip=skip))
    assert list(outcome.winners) == slow_rules.phragmen(instance, profile, ties, skip)


@MANY
@given(st.data(), elections(), TIES)
def test_greedy_funds_the_same(data, election, ties):
    instance, profile = election
    utility = data.draw(utilities(profile))
    outcome = count(instance, profile, RuleSettings("greedy", utility, ties=ties))
    assert list(outcome.winners) == slow_rules.greedy(instance, profile, utility, ties)


@many(60)
@given(st.data(), elections(most_voters=30), TIES)
def test_compiled_lines_answer_as_interpreted_ones(data, election, ties):
    instance, profile = election
    utility = data.draw(utilities(profile))
    arena = _arena(instance, profile, utility, ties)
    plain = [arena.tell(extra).purchases for extra in range(3)]
    arena.lay_out(compiling.Compiled)
    assert [arena.tell(extra).purchases for extra in range(3)] == plain
    assert [arena.run(extra)[0] for extra in range(3)] == [
        [bought.place for bought in run] for run in plain
    ]


def _arena(instance, profile, utility, ties):
    electorate = gather(instance, profile, equal_shares.RuleSettings("greedy", utility).utility)
    return Arena(electorate, TieChain(ties, instance.projects, electorate.votes_by_id))
