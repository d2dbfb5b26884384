"""Real elections come out as known: 153 outcomes, and what the towns decided themselves."""

import hashlib

import pytest

from budgeting.tally import RuleSettings, count
from tests.tally.conftest import DATA, expected, read

CASES = [
    pytest.param(file, result, id="-".join([file[:-3], *map(str, list(result.values())[:-1])][:5]))
    for file, known in expected().items()
    for result in known["results"]
]


def counted(file, result):
    election = read(file)
    words = {key: result[key] for key in ("utility", "completion", "stop") if key in result}
    return count(
        election.instance, election.profile, RuleSettings(result["rule"], ties="id", **words)
    )


@pytest.mark.parametrize(("file", "result"), CASES)
def test_the_known_outcome_comes_out(file, result):
    outcome = counted(file, result)
    assert sorted(outcome.winners) == result["winners"]
    assert outcome.increments == result.get("increments", outcome.increments)


def test_the_files_are_the_ones_the_outcomes_are_known_for():
    for file, known in expected().items():
        path = DATA / file if (DATA / file).exists() else DATA / "pabulib" / file
        assert hashlib.sha256(path.read_bytes()).hexdigest() == known["sha256"]


def test_assen_funds_exactly_the_nine_the_town_funded(assen):
    rule = RuleSettings("equal-shares", "cost", "add1", "over-budget", ties="id")
    outcome = count(assen.instance, assen.profile, rule)
    assert set(outcome.winners) == {one for one, chosen in assen.selected.items() if chosen == 1}
    assert len(outcome.winners) == 9
