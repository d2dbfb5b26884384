"""The program in the reader's browser comes to what is known, and to what our own count says."""

import pytest

from budgeting.tally import RuleSettings, count
from tests.journeys import recount_cases
from tests.tally.conftest import DATA, expected, read

MADE_UP = 300
WOLA = "Poland_Warszawa_2023_Wola.pb"
WOLA_RAISES = 314


def text_of(file):
    path = DATA / file if (DATA / file).exists() else DATA / "pabulib" / file
    return path.read_text(encoding="utf-8-sig")


def settings_of(result):
    wishes = {key: result[key] for key in ("utility", "completion", "stop") if key in result}
    return RuleSettings(result["rule"], ties="id", **wishes)


@pytest.mark.parametrize("file", [file for file in expected() if file != WOLA])
def test_the_known_outcomes_come_out_in_the_browser(engine, file):
    known = expected()[file]["results"]

    found = engine.count(text_of(file), [settings_of(result).to_json() for result in known])

    assert [sorted(one["winners"]) for one in found] == [result["winners"] for result in known]
    raises = [(one["increments"], result) for one, result in zip(found, known, strict=True)]
    assert all(number == result.get("increments", number) for number, result in raises)


def test_many_long_ballots_come_out_in_the_browser_too(engine):
    known = [one for one in expected()[WOLA]["results"] if one.get("increments") == WOLA_RAISES]
    quick = [one for one in expected()[WOLA]["results"] if "completion" not in one]

    found = engine.count(text_of(WOLA), [settings_of(one).to_json() for one in known + quick])

    assert [sorted(one["winners"]) for one in found] == [one["winners"] for one in known + quick]
    assert found[0]["increments"] == WOLA_RAISES


def test_every_step_of_made_up_elections_is_what_our_own_count_says(engine):
    cases = recount_cases.cases(MADE_UP, seed=2026)

    differences = engine.compare(cases)

    found = [(case["settings"], one) for case, one in zip(cases, differences, strict=True) if one]
    assert not found, found[:3]
    assert sum(bool(case["said"]["ties"]) for case in cases) > MADE_UP / 3


@pytest.mark.parametrize(
    ("rule", "utility", "completion"),
    [("greedy", "cost", "none"), ("equal-shares", "cost", "add1"), ("phragmen", "cost", "none")],
)
def test_every_step_of_a_real_election_is_what_our_own_count_says(
    engine, rule, utility, completion
):
    assen = read("Netherlands_Assen_2024.pb")
    settings = RuleSettings(rule, utility, completion, ties="cost,lot:a seed")
    said = count(assen.instance, assen.profile, settings).to_json()

    [ours] = engine.count(text_of("Netherlands_Assen_2024.pb"), [settings.to_json()])

    assert ours["steps"] == [
        {name: one[name] for name in ours["steps"][0]} for one in said["steps"]
    ]
    assert ours["ties"] == said["ties"]
    assert ours["winners"] == said["winners"]
