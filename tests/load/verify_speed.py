"""Times `python -m budgeting.verify` on a bundle of 100,000 ballots; another number may be given.

The ballots are made up, each unlike nearly every other, which is what makes a count hard; the
board has a head for every ten minutes of a fortnight.
"""

import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from budgeting import canonical
from budgeting.ballotbox import board, signed_heads
from budgeting.ballotbox import bundle_layout as layout
from budgeting.ballotbox.signed_heads import TreeHead
from budgeting.reports import bundle_file
from budgeting.rulebook import lots, rules, tally_settings
from budgeting.rulebook.rules import BallotRule, PotRule, Rulebook, TallyRule, Timetable
from budgeting.tally import Ballot, Instance, Profile, Project, count, pabulib
from budgeting.vocabulary import BallotType, Completion, Rule, Stop, Utility
from tests.verify.bundles import KEY, PUBLIC, signature_of

BALLOTS = 100_000
PROJECTS = 60
HEADS = 14 * 24 * 6
SEED = "7" * 64
FIRST = datetime(2026, 11, 1, tzinfo=UTC)
RULES = {
    "greedy": TallyRule(
        rule=Rule.GREEDY,
        utility=Utility.COST,
        completion=Completion.NONE,
        stop=Stop.OVER_BUDGET,
        ties=("cost", "lot"),
    ),
    "equal-shares": TallyRule(
        rule=Rule.EQUAL_SHARES,
        utility=Utility.COST,
        completion=Completion.ADD1,
        stop=Stop.OVER_BUDGET,
        ties=("cost", "lot"),
    ),
}


def main():
    ballots = int(sys.argv[1]) if len(sys.argv) > 1 else BALLOTS
    print(f"{ballots:,} ballots, {PROJECTS} projects, {HEADS:,} heads")
    for name, rule in RULES.items():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "bundle.zip"
            file.write_bytes(bundle(ballots, rule))
            print(f"  {name:<14} {seconds(file):6.1f} s  {file.stat().st_size / 1e6:.0f} MB")


def seconds(file):
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "budgeting.verify", str(file)], check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - started


def bundle(ballots, rule):
    """A bundle that holds, as the services would write it."""
    drawn = random.Random(1)
    budget = PROJECTS * 5_000_000
    text = rules.to_json(rulebook(rule, budget)).encode()
    projects = tuple(
        Project(str(number), drawn.randrange(2_000_000, 40_000_000, 10_000), f"Projekt {number}")
        for number in range(1, PROJECTS + 1)
    )
    instance = Instance(budget, projects)
    profile = Profile(BallotType.APPROVAL, tuple(ballot(drawn) for _ in range(ballots)))
    outcome = count(instance, profile, tally_settings.settings_of(rule, SEED))
    meta = {"rulebook_sha256": canonical.fingerprint(text), "vote_type": "approval"}
    selected = {one.id: int(one.id in outcome.winners) for one in projects}
    contents = {
        layout.RULEBOOK: text,
        layout.LOT: canonical.encode({"seed": SEED}),
        layout.BALLOT_LIST: canonical.encode([listed(one) for one in projects]),
        layout.NUMBERS: canonical.encode({"pots": [numbers(ballots)]}),
        layout.README: b"",
        "pots/1/ballots.pb": pabulib.write(
            pabulib.Election(instance, profile, meta, selected)
        ).encode(),
        "pots/1/outcome.json": canonical.encode(outcome.to_json()),
        **boards(drawn, ballots, canonical.fingerprint(text)),
    }
    about = {"round": "maaling", "title": "Måling", "rulebook": canonical.fingerprint(text)}
    return bundle_file.as_zip(bundle_file.with_manifest(contents, about, signature_of))


def ballot(drawn):
    return Ballot(tuple(map(str, drawn.sample(range(1, PROJECTS + 1), drawn.randint(3, 12)))))


def rulebook(rule, budget):
    moments = (FIRST + timedelta(days=days) for days in range(6))
    return Rulebook(
        title="Måling",
        currency="DKK",
        areas=(),
        pots=(PotRule(name="Byen", budget_limit_oere=budget, area=None),),
        min_age=13,
        ballot=BallotRule(ballot_type=BallotType.APPROVAL, min_choices=3, max_choices=12),
        tally=rule,
        timetable=Timetable(**dict(zip(Timetable.__annotations__, moments, strict=True))),
        officers=1,
        officers_needed=1,
        lot_commitment=lots.commitment(SEED),
    )


def listed(project):
    return {"id": project.id, "pot": "Byen", "title": project.name, "cost_oere": project.cost}


def numbers(ballots):
    return {
        "pot": "Byen",
        "on_roll": 2 * ballots,
        "on_board": ballots,
        "envelopes_in": ballots,
        "ballots_valid": ballots,
        "ballots_invalid": 0,
    }


def boards(drawn, ballots, fingerprint):
    entries = [drawn.randbytes(32) for _ in range(ballots)]
    tree = board.Tree(map(board.leaf_hash, entries))
    sizes = sorted({ballots * number // HEADS for number in range(1, HEADS + 1)} - {0})
    heads, before = [], 0
    for number, size in enumerate(sizes):
        heads.append(head(tree, fingerprint, before, size, number))
        before = size
    spelled = {"pot": "Byen", "root": tree.root().hex(), "entries": [one.hex() for one in entries]}
    return {
        "pots/1/board.json": canonical.encode(spelled),
        "pots/1/heads.json": canonical.encode({"pot": "Byen", "heads": heads}),
    }


def head(tree, fingerprint, before, size, number):
    made = TreeHead(
        fingerprint, "Byen", size, tree.root(size), FIRST + timedelta(minutes=10 * number)
    )
    return {
        "head": canonical.decode(made.to_bytes()),
        "key": PUBLIC.hex(),
        "signature": signed_heads.sign(made, KEY).hex(),
        "consistency": [one.hex() for one in tree.consistency_proof(before, size)],
    }


if __name__ == "__main__":
    main()
