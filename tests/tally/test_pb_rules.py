"""How a file was counted is written into META, read back, and counted again by the command."""

import json
from dataclasses import replace

import pytest

from budgeting.tally import (
    Ballot,
    Cap,
    GreedyOptions,
    Instance,
    Profile,
    Project,
    RuleSettings,
    UnfitSettings,
    command,
    pabulib,
    pb_rules,
)
from tests.tally.conftest import ASSEN

ALL = GreedyOptions(
    no_skip=True,
    least_votes=2,
    least_share="5/100",
    reserve_share="80/100",
    exclusive_groups=(("1", "2"), ("2", "3")),
    accepts_partly=(("4", 4_930_000),),
    caps=(Cap("area", "Nord; „by“ & co", 5_000_050), Cap("category", "idræt", 100)),
)
MOST_VOTES = RuleSettings("greedy", ties="cost,votes,id", greedy=ALL)


def election(meta=None):
    projects = tuple(
        Project(one, 1_000_000, area="Nord; „by“ & co", categories=("idræt",)) for one in "1234"
    )
    profile = Profile("approval", (Ballot(("1", "2")), Ballot(("1",))))
    return pabulib.Election(Instance(3_000_000, projects), profile, meta or {})


@pytest.mark.parametrize(
    "settings",
    [
        MOST_VOTES,
        RuleSettings("greedy", "cardinality"),
        RuleSettings("greedy", greedy=GreedyOptions(least_points=9)),
        RuleSettings("equal-shares", completion="add1-greedy", increment=50, compare="cost"),
        RuleSettings("equal-shares", stop="exhaustive", completion="add1"),
        RuleSettings("phragmen", "cardinality", skip=True),
        RuleSettings("expanding-approvals", "borda"),
    ],
)
def test_a_file_says_how_it_was_counted(settings):
    written = pabulib.write(election(pb_rules.as_meta(settings, 100) | {"vote_type": "approval"}))

    assert pb_rules.settings_of(pabulib.read(written).meta, 100) == settings


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (GreedyOptions(), "greedy"),
        (GreedyOptions(no_skip=True), "greedy-no-skip"),
        (GreedyOptions(least_votes=3), "greedy-threshold"),
        (GreedyOptions(no_skip=True, least_votes=3), "greedy-custom"),
        (ALL, "greedy-custom"),
    ],
)
def test_pabulibs_names_are_used_where_it_has_them(options, name):
    assert pb_rules.as_meta(replace(MOST_VOTES, greedy=options), 100)["rule"] == name


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": ""},
        {"rule": "loudest"},
        {"no_skip": "yes"},
        {"least_votes": "-1"},
        {"least_votes": "9" * 16},
        {"reserve_share": "9/8"},
        {"reserve_share": "four fifths"},
        {"exclusive_groups": "1,2"},
        {"exclusive_groups": "[[1,2]]"},
        {"accepts_partly": '{"1":"much"}'},
        {"accepts_partly": "[" * 5000},
        {"caps": '[["area","Nord"]]'},
        {"caps": '[["street","Nord","100"]]'},
        {"increment": "0"},
        {"comparison": "beauty"},
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, capsys, wrong):
    meta = {"rule": "greedy", "vote_type": "approval"} | wrong
    with pytest.raises(UnfitSettings):
        pb_rules.settings_of(meta, 100)

    file = tmp_path / "wrong.pb"
    file.write_text(pabulib.write(election(meta)))
    assert command.main([str(file), "--as-filed"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


# Assen: 100.000; 844 raises aside, greedy takes the most voted until the money is gone.
FLAGS = [
    (["--no-skip"], GreedyOptions(no_skip=True)),
    (["--least-votes", "9"], GreedyOptions(least_votes=9)),
    (["--least-points", "9"], GreedyOptions(least_points=9)),
    (["--least-share", "1/20"], GreedyOptions(least_share="1/20")),
    (["--reserve", "4/5"], GreedyOptions(reserve_share="4/5")),
    (["--exclusive", "11,2"], GreedyOptions(exclusive_groups=(("11", "2"),))),
    (["--partly", "11=49.50"], GreedyOptions(accepts_partly=(("11", 4_950),))),
]


@pytest.mark.parametrize(("flags", "options"), FLAGS)
def test_every_option_has_a_flag(capsys, flags, options):
    assert command.main([str(ASSEN), "--rule", "greedy", *flags, "--json"]) == 0

    found = RuleSettings.from_json(json.loads(capsys.readouterr().out)["settings"])
    assert found.greedy == options


def test_a_cap_has_a_flag(tmp_path, capsys):
    file = tmp_path / "capped.pb"
    file.write_text(pabulib.write(election({"vote_type": "approval"})))
    flags = ["--cap", "category:idræt=15000", "--cap", "area:Nord; „by“ & co=20000"]

    assert command.main([str(file), "--rule", "greedy", *flags, "--json"]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer["winners"] == ["1"]
    assert answer["reasons"]["2"]["kind"] == "excluded"


@pytest.mark.parametrize(
    "flags",
    [
        ["--rule", "equal-shares", "--no-skip"],
        ["--rule", "greedy", "--comparison", "cost"],
        ["--rule", "greedy", "--skip"],
        ["--rule", "greedy", "--reserve", "2"],
        ["--rule", "greedy", "--exclusive", "11"],
        ["--rule", "greedy", "--exclusive", "11,4711"],
        ["--rule", "greedy", "--partly", "11"],
        ["--rule", "greedy", "--partly", "11=0"],
        ["--rule", "greedy", "--partly", "4711=10"],
        ["--rule", "greedy", "--cap", "area=10"],
        ["--rule", "greedy", "--cap", "area:Nowhere=10"],
        ["--rule", "greedy", "--cap", "street:Here=10"],
        ["--rule", "greedy", "--least-votes", "some"],
    ],
)
def test_options_that_do_not_fit_are_one_line_and_two(capsys, flags):
    try:
        code = command.main([str(ASSEN), *flags])
    except SystemExit as end:
        code = end.code
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert said.err.count("\n") == 1


def test_options_stand_first_beside_the_usual_rules(capsys):
    flags = ["--rule", "greedy", "--least-votes", "40", "--compare", "--json"]
    assert command.main([str(ASSEN), *flags]) == 0

    first, second, *_ = json.loads(capsys.readouterr().out)
    assert first["settings"]["greedy"]["least_votes"] == 40
    assert second["settings"]["greedy"]["least_votes"] is None
    assert set(first["winners"]) < set(second["winners"])
