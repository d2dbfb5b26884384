"""Reading .pb files: every trap met in real files, and one clear error for malformed ones."""

from pathlib import Path

import pytest

from budgeting.tally import Ballot, Instance, Profile, Project, pabulib
from budgeting.tally.command import main
from tests.tally.conftest import DATA

META = "META\nkey;value\nbudget;{budget}\nvote_type;{kind}\n"
PROJECTS = "PROJECTS\nproject_id;cost;name\n1;60;Bænk\n2;40;Gynge\n"
VOTES = "VOTES\nvoter_id;vote\na;1,2\nb;2\nc;\n"


def text(budget="100", kind="approval", projects=PROJECTS, votes=VOTES, more=""):
    return META.format(budget=budget, kind=kind) + more + projects + votes


def choices(election):
    return [ballot.choices for ballot in election.profile.ballots]


def test_a_plain_file_is_read():
    election = pabulib.read(text())
    assert election.instance.budget_limit == 10000
    assert [project.cost for project in election.instance.projects] == [6000, 4000]
    assert choices(election) == [("1", "2"), ("2",), ()]


def test_equal_votes_share_one_value():
    votes = "VOTES\nvoter_id;vote\na;1,2\nb;1,2\n"
    first, second = pabulib.read(text(votes=votes)).profile.ballots
    assert first is second


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_line_end_is_understood(end):
    assert choices(pabulib.read(text().replace("\n", end))) == [("1", "2"), ("2",), ()]


def test_mixed_line_ends_are_understood():
    assert choices(pabulib.read(text().replace("a;1,2\n", "a;1,2\r\n"))) == [("1", "2"), ("2",), ()]


def test_a_byte_order_mark_is_passed_over():
    assert len(pabulib.read(b"\xef\xbb\xbf" + text().encode()).profile.ballots) == 3


def test_quoted_fields_may_hold_semicolons_quotes_and_breaks():
    projects = 'PROJECTS\nproject_id;cost;name\n1;60;"En ""fin""; bænk\n ved åen"\n2;40;Gynge\n'
    assert (
        pabulib.read(text(projects=projects)).instance.projects[0].name == 'En "fin"; bænk ved åen'
    )


def test_columns_may_stand_in_any_order():
    projects = "PROJECTS\nname;cost;project_id\nBænk;60;1\nGynge;40;2\n"
    votes = "VOTES\nvote;age;voter_id\n1,2;40;a\n2;41;b\n"
    election = pabulib.read(text(projects=projects, votes=votes))
    assert choices(election) == [("1", "2"), ("2",)]


def test_decimals_become_whole_smallest_units():
    projects = PROJECTS.replace("1;60;", "1;60000.0;").replace("2;40;", "2;12,5;")
    election = pabulib.read(text("1331751.11", projects=projects))
    assert election.instance.budget_limit == 133175111
    assert [one.cost for one in election.instance.projects] == [6000000, 1250]


def test_more_than_two_decimals_make_a_smaller_unit():
    election = pabulib.read(text("100.125"))
    assert (election.instance.budget_limit, election.instance.unit) == (100125, 1000)


def test_a_project_twice_in_a_ballot_counts_once():
    votes = "VOTES\nvoter_id;vote\na;2,1,2\n"
    assert choices(pabulib.read(text(votes=votes))) == [("2", "1")]


def test_points_stand_beside_the_choices():
    votes = "VOTES\nvoter_id;vote;points\na;1,2;0,3\nb;;\n"
    ballots = pabulib.read(text(kind="cumulative", votes=votes)).profile.ballots
    assert ballots == (Ballot(("1", "2"), (0, 3)), Ballot((), ()))


def test_decimals_of_points_become_whole_by_one_unit():
    votes = "VOTES\nvoter_id;vote;points\na;1,2;0.5,3\nb;1;2\n"
    profile = pabulib.read(text(kind="scoring", votes=votes)).profile
    assert profile.points_unit == 10
    assert [one.points for one in profile.ballots] == [(5, 30), (20,)]


def test_entities_in_texts_are_read():
    projects = PROJECTS.replace("Bænk", "B&aelig;nk &amp; bord")
    assert pabulib.read(text(projects=projects)).instance.projects[0].name == "Bænk & bord"


def test_a_limit_on_the_sum_makes_a_knapsack():
    assert pabulib.read(text(more="max_sum_cost;100\n")).profile.ballot_type == "knapsack"


def test_selected_is_read():
    projects = "PROJECTS\nproject_id;cost;selected\n1;60;1\n2;40;2\n"
    assert pabulib.read(text(projects=projects)).selected == {"1": 1, "2": 2}


MALFORMED = {
    "empty": ("", 1, "META"),
    "no projects": ("META\nkey;value\nbudget;1\n", 3, "PROJECTS"),
    "no votes": (META.format(budget=1, kind="approval") + PROJECTS, 8, "VOTES"),
    "no header of votes": (text(votes="VOTES\n"), 9, "header"),
    "another beginning": ("hello\n" + text(), 1, "META"),
    "no budget": (text().replace("budget;100\n", ""), 1, "budget"),
    "a budget in words": (text("hundred"), 3, "above zero"),
    "a negative budget": (text("-5"), 3, "above zero"),
    "no vote type": (text().replace("vote_type;approval\n", ""), 1, "vote_type"),
    "unknown vote type": (text(kind="shouting"), 4, "vote_type"),
    "a cost of nothing": (text(projects=PROJECTS.replace("60", "0")), 7, "cost"),
    "a cost in words": (text(projects=PROJECTS.replace("60", "much")), 7, "cost"),
    "a project twice": (text(projects=PROJECTS.replace("2;40", "1;40")), 8, "once"),
    "no cost column": (text(projects="PROJECTS\nproject_id;name\n1;Bænk\n"), 6, "cost"),
    "too many fields": (text(projects=PROJECTS.replace("Gynge", "Gynge;9")), 8, "3 fields"),
    "an unknown project": (text(votes=VOTES.replace("b;2", "b;7")), 12, "'7'"),
    "a vote without a field": (text(votes="VOTES\nvoter_id;vote\na\n"), 11, "2 fields"),
    "points without a column": (text(kind="cumulative"), 10, "points"),
    "too few points": (
        text(kind="cumulative", votes="VOTES\nvoter_id;vote;points\na;1,2;3\n"),
        11,
        "2 points",
    ),
    "negative points": (
        text(kind="cumulative", votes="VOTES\nvoter_id;vote;points\na;1;-3\n"),
        11,
        "points",
    ),
    "fewer votes than told": (text(more="num_votes;4\n"), 5, "num_votes"),
    "more projects than told": (text(more="num_projects;1\n"), 5, "num_projects"),
    "a key twice": (text(more="budget;3\n"), 5, "once"),
    "selected as a word": (
        text(projects="PROJECTS\nproject_id;cost;selected\n1;60;yes\n2;40;0\n"),
        7,
        "selected",
    ),
    "an unclosed quote": (text(projects=PROJECTS.replace("Gynge", '"Gynge')), 8, "VOTES"),
    "no text": (b"META\n\xff\xfe\n", 2, "UTF-8"),
    "a nul": (text(votes=VOTES.replace("b;2", "b;\0")), 12, "projects listed"),
    "votes twice": (text(votes=VOTES + VOTES), 14, "fields"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_files_say_where_and_what_was_expected(case):
    content, line, expectation = MALFORMED[case]
    source = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(pabulib.MalformedFile) as error:
        pabulib.read(source)
    assert expectation in error.value.message
    assert error.value.line == line


def test_a_last_row_that_broke_off_is_refused():
    votes = "VOTES\nvoter_id;vote;age\na;1,2;30\nb;2"
    with pytest.raises(pabulib.MalformedFile, match="line 12"):
        pabulib.read(text(votes=votes))


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(pabulib.MalformedFile, match="at most 10 bytes"):
        pabulib.read(text(), most_bytes=10)


def test_a_huge_field_is_refused():
    with pytest.raises(pabulib.MalformedFile):
        pabulib.read(text(projects=PROJECTS.replace("Bænk", "x" * 200_000)))


def test_huge_numbers_are_refused():
    with pytest.raises(pabulib.MalformedFile):
        pabulib.read(text("9" * 5000))


def test_the_command_says_one_line_and_two(tmp_path, capsys):
    path = tmp_path / "broken.pb"
    path.write_text(text(votes=VOTES.replace("b;2", "b;7")))
    assert main([str(path), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("line 12: expected")


def test_a_missing_file_is_one_line_and_two(capsys):
    assert main(["no-such.pb"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("path", sorted(DATA.glob("**/*.pb")), ids=lambda path: path.stem)
def test_what_is_written_is_read_back_the_same(path: Path):
    election = pabulib.read(path)
    again = pabulib.read(pabulib.write(election))
    assert again.profile == election.profile
    assert again.instance == election.instance
    assert again.selected == election.selected


def test_every_ballot_type_can_be_written():
    projects = (Project("1", 12345, "A;B", "Nord", ("leg", "grønt")), Project("2", 100))
    instance = Instance(20000, projects)
    for kind in ("approval", "knapsack", "ordinal", "cumulative", "scoring"):
        points = (2,) if kind in ("cumulative", "scoring") else None
        profile = Profile(kind, (Ballot(("1",), points), Ballot((), points and ())))
        again = pabulib.read(pabulib.write(pabulib.Election(instance, profile)))
        assert (again.instance, again.profile) == (instance, profile)
