"""The rulebook's canonical form: what is frozen is what is read back."""

import hashlib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from budgeting.rulebook import rules
from tests.rulebook.rounds import RULEBOOK


def test_a_rulebook_is_read_back_as_it_was_written():
    assert rules.from_json(rules.to_json(RULEBOOK)) == RULEBOOK


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
