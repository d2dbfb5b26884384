"""Every kind of ballot that the house hands out is counted again in the reader's browser."""

import pytest

from budgeting import canonical
from budgeting.services import bundles
from budgeting.vocabulary import BallotType, Publication, Rule, Utility
from tests import results
from tests.verify.bundles import packed, unpacked

BY_MONEY = (("1", "3"), ("2", "4"), ("1", "4", "5"), ("3",), ("3", "4"))
IN_ORDER = (("2", "1"), ("1", "2", "3"), ("3", "1"), ("4", "2"), ("2", "3"))
WITH_POINTS = ({"1": 3, "2": 2}, {"2": 3, "3": 1}, {"1": 1}, {"4": 3, "1": 2}, {"3": 2})
BALLOTS = {
    BallotType.APPROVAL: (BY_MONEY, Utility.COST),
    BallotType.KNAPSACK: (BY_MONEY, Utility.COST),
    BallotType.ORDINAL: (IN_ORDER, Utility.BORDA_COST),
    BallotType.CUMULATIVE: (WITH_POINTS, Utility.POINTS_COST),
    BallotType.SCORING: (WITH_POINTS, Utility.POINTS_COST),
}
FIVE_OF_EACH = 5
RULES, OF_BALLOTS = "rulebook.json", "pots/1/ballots.pb"


def bundle_of(session, ballot_type, **wanted):
    ballots, utility = BALLOTS[ballot_type]
    made = results.published(
        session,
        ballot_type=ballot_type,
        ballots=ballots * wanted.pop("times", 1),
        utility=utility,
        rule=Rule.EQUAL_SHARES,
        **wanted,
    )
    return bundles.made(session(), made.budget_round)


def checked(engine, session, ballot_type, **wanted):
    bundle = bundle_of(session, ballot_type, **wanted)
    [verdict] = engine.check(bundle, canonical.fingerprint(unpacked(bundle)[RULES]))
    return verdict


@pytest.mark.parametrize("ballot_type", BALLOTS)
def test_every_kind_of_ballot_comes_to_the_same(engine, session, ballot_type):
    assert checked(engine, session, ballot_type)["verdict"] == "same"


@pytest.mark.parametrize(
    ("ballot_type", "vote", "what", "limits"),
    [
        (BallotType.APPROVAL, "1,2,3,4", "ballot", "1-3"),
        (BallotType.KNAPSACK, "1,2", "ballot_sum", 15_000_000),
        (BallotType.CUMULATIVE, "1,2;3,3", "ballot_votes", "0-5"),
        (BallotType.CUMULATIVE, "1;4", "ballot_points", "1-3"),
        (BallotType.SCORING, "1;6", "ballot_points", "1-5"),
    ],
)
def test_a_ballot_that_breaks_its_rules_is_seen(engine, session, ballot_type, vote, what, limits):
    files = unpacked(bundle_of(session, ballot_type))
    *before, last = files[OF_BALLOTS].decode().splitlines()
    lines = [*before, f"{last.split(';')[0]};{vote}\n"]

    changed = {**files, OF_BALLOTS: "\n".join(lines).encode()}
    [verdict] = engine.check(packed(changed), canonical.fingerprint(files[RULES]))

    assert verdict["difference"]["what"] == what
    assert verdict["difference"]["theirs"] == limits


@pytest.mark.parametrize("ballot_type", [BallotType.ORDINAL, BallotType.SCORING])
def test_groups_of_every_ballot_come_to_the_same(engine, session, ballot_type):
    verdict = checked(
        engine, session, ballot_type, publication=Publication.GROUPED, times=FIVE_OF_EACH
    )

    assert verdict["verdict"] == "same"
    assert verdict["facts"]["ballots"] == FIVE_OF_EACH * len(WITH_POINTS)


def test_rare_ballots_with_points_are_checked_as_far_as_they_go(engine, session):
    verdict = checked(engine, session, BallotType.CUMULATIVE, publication=Publication.GROUPED)

    assert verdict == {"verdict": "partly", "checked": ["money", "groups"]}
