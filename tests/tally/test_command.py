"""The command: what it prints, what it refuses, and how it ends when interrupted."""

import json

import pytest

from budgeting.tally import command
from tests.tally.conftest import ASSEN

NINE = ["11", "12", "13", "14", "2", "3", "5", "6", "9"]


def run(capsys, *arguments):
    code = command.main([str(ASSEN), *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_one_json_object_in_the_currency_of_the_file(capsys):
    wanted = "--rule equal-shares --utility cost --completion add1 --stop over-budget --ties id"
    code, out, _ = run(capsys, *wanted.split(), "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["winners"] == NINE
    assert (answer["total_cost"], answer["budget_limit"]) == (76700, 100000)
    assert answer["increments"] == 844
    assert answer["ties"][0]["project_ids"] == ["11", "2"]


def test_a_table_for_people(capsys):
    _, out, _ = run(capsys, "--rule", "greedy")
    assert "PopUp Podium" in out
    assert "7 of 14 projects funded by 84 voters." in out


def test_an_increment_may_be_a_part_of_the_currency(capsys):
    _, out, _ = run(capsys, "--completion", "add1", "--increment", "0.5", "--json")
    assert json.loads(out)["settings"]["increment"] == 0.5


@pytest.mark.parametrize(
    "arguments",
    [
        ["--rule", "loudest"],
        ["--utility", "points"],
        ["--rule", "expanding-approvals"],
        ["--rule", "minimal-transfers"],
        ["--increment", "-1"],
        ["--ties", "beauty"],
        ["--ties", "refuse", "--rule", "greedy"],
    ],
)
def test_what_does_not_fit_is_one_line_and_two(capsys, arguments):
    try:
        code, out, err = run(capsys, *arguments)
    except SystemExit as end:
        code, (out, err) = end.code, capsys.readouterr()
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_an_interruption_ends_without_a_trace(capsys, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "count", interrupted)
    code, out, err = run(capsys)
    assert (code, out, err) == (130, "", "interrupted\n")


def test_a_certificate_of_another_file_is_rejected(capsys, tmp_path):
    path = tmp_path / "certificate.json"
    path.write_text("{}")
    assert command.main(["verify", str(path), str(ASSEN)]) == 1
    path.write_text("no json")
    assert command.main(["verify", str(path), str(ASSEN)]) == 2


def test_an_unknown_rule_is_answered_with_the_words_there_are(capsys):
    with pytest.raises(SystemExit) as end:
        run(capsys, "--rule", "loudest")
    assert end.value.code == 2
    assert "(choose from 'greedy', 'equal-shares'," in capsys.readouterr().err
