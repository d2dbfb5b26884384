"""Votes read at once are the same ballots as votes read row by row, and count the same."""

from dataclasses import replace

import pytest

from budgeting import tally
from budgeting.tally import compiling, electorate, pabulib
from budgeting.tally.vote_rows import VoteRows

HEAD = (
    "META\nkey;value\nbudget;100\nvote_type;{kind}\nPROJECTS\nproject_id;cost\n2;60\n10;40\n7;30\n"
)
VOTES = "VOTES\nvoter_id;vote\n1;2,10\n2;7\n3;2,10\n4;\n5;10,7,2\n6;7,7\n"


def read(votes=VOTES, kind="approval"):
    return pabulib.read(HEAD.format(kind=kind) + votes)


def one_by_one(election):
    ballots = tuple(election.profile.ballots)
    return replace(election, profile=replace(election.profile, ballots=ballots))


def test_a_tidy_column_is_read_at_once():
    ballots = read().profile.ballots
    assert isinstance(ballots, VoteRows)
    expected = [("2", "10"), ("7",), ("2", "10"), (), ("10", "7", "2"), ("7",)]
    assert [ballot.choices for ballot in ballots] == expected
    assert ballots[0] is ballots[2]
    assert [ballot.choices for ballot in ballots[:2]] == expected[:2]
    assert ballots == tuple(ballots)


@pytest.mark.parametrize("untidy", ["1;2, 10\n", '1;" 7"\n', "1;2,10;\n"])
def test_an_untidy_row_gives_the_same_ballots_as_a_tidy_one(untidy):
    plain = [
        ballot.choices for ballot in read("VOTES\nvoter_id;vote\n1;2,10\n2;7\n").profile.ballots
    ]
    found = read("VOTES\nvoter_id;vote\n" + untidy + "2;7\n").profile.ballots
    assert not isinstance(found, VoteRows)
    assert [ballot.choices for ballot in found] in (plain, [("7",), ("7",)])


def test_an_unknown_project_is_refused_with_its_line():
    with pytest.raises(pabulib.MalformedFile, match="line 13"):
        read("VOTES\nvoter_id;vote\n1;2,10\n2;9\n")


@pytest.mark.parametrize("kind", ["approval", "ordinal"])
@pytest.mark.parametrize("rule", ["greedy", "equal-shares", "phragmen"])
def test_rows_count_as_ballots_do(kind, rule, monkeypatch):
    election = read(kind=kind)
    settings = tally.RuleSettings(rule, "borda" if kind == "ordinal" else "cost", ties="id")
    small = tally.count(election.instance, election.profile, settings)
    monkeypatch.setattr(compiling, "is_large", lambda entries: True)
    for same in (election, one_by_one(election)):
        assert tally.count(same.instance, same.profile, settings) == small


def test_rows_group_into_the_same_support(monkeypatch):
    monkeypatch.setattr(compiling, "is_large", lambda entries: True)
    election = read()
    rows = electorate.gather(election.instance, election.profile, "cost")
    plain = electorate.gather(election.instance, one_by_one(election).profile, "cost")
    assert rows.votes == plain.votes == (3, 3, 3)
    assert rows.strength == plain.strength
    assert sorted(rows.sizes) == [1, 1, 1, 1, 2]
