"""The rulebook's canonical form: what is frozen is what is read back."""

import hashlib
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from budgeting import canonical
from budgeting.rulebook import rules, tally_settings
from budgeting.rulebook.rules import CapRule
from budgeting.rulebook.tally_settings import OnBallot
from budgeting.tally import Cap, GreedyOptions
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


def test_a_rulebook_without_later_options_is_written_as_it_was_before_them():
    written = json.loads(rules.to_json(RULEBOOK))["tally"]

    assert not {"reserve_percent", "in_part", "has_groups", "caps"} & written.keys()


def test_later_options_are_read_back_and_reach_the_tally_of_their_own_pot():
    cap = CapRule(pot="Puljen for alle", kind="area", name="Nordby", limit_oere=500)
    tally = replace(RULEBOOK.tally, reserve_percent=80, in_part=True, has_groups=True, caps=(cap,))
    on_ballot = OnBallot(
        pot=cap.pot, accepts_partly=(("2", 9), ("1", 7)), exclusive_groups=(("3", "1"),)
    )

    again = rules.from_json(rules.to_json(replace(RULEBOOK, tally=tally))).tally

    assert again == tally
    assert tally_settings.settings_of(again, "seed", on_ballot).greedy == GreedyOptions(
        reserve_share="80/100",
        accepts_partly=(("1", 7), ("2", 9)),
        exclusive_groups=(("1", "3"),),
        caps=(Cap("area", "Nordby", 500),),
    )
    elsewhere = replace(on_ballot, pot="Puljen for Nordby")
    assert tally_settings.settings_of(again, "seed", elsewhere).greedy.caps == ()
    assert tally_settings.settings_of(RULEBOOK.tally, "seed", on_ballot).greedy == GreedyOptions()


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
