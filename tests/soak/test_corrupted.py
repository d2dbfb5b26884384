"""A short form of `python -m tests.soak corrupted`: every kind of corruption, a few times each."""

import random

from tests.soak import corrupted_boards, corrupted_bundles, corrupted_envelopes
from tests.soak.corrupted import refused

SHORT = 600


def test_every_corrupted_envelope_is_refused_for_a_reason_with_a_name():
    reasons, kinds = refused(corrupted_envelopes.cases(random.Random(1), SHORT))
    assert sum(reasons.values()) == SHORT
    assert len(kinds) == len(corrupted_envelopes.KINDS)


def test_every_corrupted_board_is_refused_for_a_reason_with_a_name():
    reasons, kinds = refused(corrupted_boards.cases(random.Random(1), SHORT))
    assert sum(reasons.values()) == SHORT
    assert len(kinds) == len(corrupted_boards.KINDS)


def test_every_altered_bundle_is_refused_for_a_reason_with_a_name(tmp_path):
    bundle = corrupted_bundles.real_bundle(tmp_path)
    cases = corrupted_bundles.cases(random.Random(1), 60, bundle, tmp_path)
    reasons, _ = refused(cases)
    assert sum(reasons.values()) == 60
