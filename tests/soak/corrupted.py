"""Thousands of corrupted envelopes, boards and bundles: each is refused, and the reason has a name.

`python -m tests.soak.corrupted` tries 10,000 and prints how often each reason was given; the test
beside it tries fewer. Nothing may be accepted in silence, and nothing may end in another error.
"""

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path

from budgeting.refusals import Refusal
from tests.soak import corrupted_boards, corrupted_bundles, corrupted_envelopes

SHARES = {"envelopes": 0.6, "boards": 0.3, "bundles": 0.1}


class AcceptedInSilence(AssertionError):
    """Something corrupted went through."""


def refused(cases):
    """Try every (name, deed): count the reasons; anything but a refusal is a failure."""
    reasons, kinds = Counter(), Counter()
    for name, deed in cases:
        try:
            deed()
        except Refusal as reason:
            reasons[type(reason).__name__] += 1
            kinds[name] += bool(str(reason))
        else:
            raise AcceptedInSilence(name)
    return reasons, kinds


def families(count, seed, bundle, folder):
    """The three families of corrupted things, each with its share of the cases."""
    drawn = random.Random(seed)
    yield (
        "envelopes",
        lambda: corrupted_envelopes.cases(drawn, round(count * SHARES["envelopes"])),
    )
    yield "boards", lambda: corrupted_boards.cases(drawn, round(count * SHARES["boards"]))
    yield (
        "bundles",
        lambda: corrupted_bundles.cases(drawn, round(count * SHARES["bundles"]), bundle, folder),
    )


def told(family, reasons, kinds):
    names = ", ".join(f"{name} {times}" for name, times in reasons.most_common())
    total = sum(reasons.values())
    return f"{family}: {total} tried in {len(kinds)} ways, {total} refused, 0 accepted: {names}"


def main(asked=None):
    """`asked` is what `python -m tests.soak` was asked for; alone, it reads its own words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    words = ["--count=200"] if asked and asked.short else [] if asked else None
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        bundle = corrupted_bundles.real_bundle(Path(folder))
        for family, cases in families(asked.count, asked.seed, bundle, Path(folder)):
            print(told(family, *refused(cases())), flush=True)


if __name__ == "__main__":
    main()
