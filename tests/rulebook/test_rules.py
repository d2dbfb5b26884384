"""The rulebook's canonical form: what is frozen is what is read back."""

import hashlib
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from budgeting import canonical
from budgeting.rulebook import rules, tally_settings
from budgeting.tally import GreedyOptions
from budgeting.vocabulary import BallotType, Comparison
from tests.rulebook.rounds import RULEBOOK


def test_a_rulebook_is_read_back_as_it_was_written():
    assert rules.from_json(rules.to_json(RULEBOOK)) == RULEBOOK


def test_a_rulebook_from_before_a_rule_had_options_is_still_read():
    content = json.loads(rules.to_json(RULEBOOK))
    for added in ("comparison", "no_skip", "least_votes", "least_percent"):
        del content["tally"][added]

    assert rules.from_json(canonical.encode(content).decode()) == RULEBOOK


def test_a_rulebook_says_nothing_of_what_its_ballot_does_not_have():
    content = json.loads(rules.to_json(RULEBOOK))

    assert content["ballot"] == {"ballot_type": "approval", "min_choices": 1, "max_choices": 3}


def test_a_ballot_with_points_is_read_back_as_it_was_written():
    spread = replace(
        RULEBOOK.ballot, ballot_type=BallotType.CUMULATIVE, votes_each=2, most_per_project=2
    )
    scored = replace(
        RULEBOOK.ballot, ballot_type=BallotType.SCORING, highest_points=5, must_score_all=True
    )

    for ballot in (spread, scored):
        changed = replace(RULEBOOK, ballot=ballot)
        assert rules.from_json(rules.to_json(changed)) == changed


def test_the_options_of_a_rule_reach_the_tally():
    tally = replace(RULEBOOK.tally, no_skip=True, least_votes=9, least_percent=5)
    settings = tally_settings.settings_of(replace(tally, comparison=Comparison.COST), "seed")

    assert settings.greedy == GreedyOptions(no_skip=True, least_votes=9, least_share="5/100")
    assert settings.compare == "cost"
    assert tally_settings.settings_of(RULEBOOK.tally, "seed").greedy == GreedyOptions()


def test_the_fingerprint_is_the_sha_256_of_the_bytes_anyone_can_download():
    text = rules.to_json(RULEBOOK)

    assert rules.fingerprint(text) == hashlib.sha256(text.encode()).hexdigest()


@given(st.integers(0, 99), st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_change_of_a_rule_changes_the_fingerprint(min_age, title):
    changed = replace(RULEBOOK, min_age=min_age, title=title)

    same = changed == RULEBOOK
    assert (
        rules.fingerprint(rules.to_json(changed)) == rules.fingerprint(rules.to_json(RULEBOOK))
    ) is same
