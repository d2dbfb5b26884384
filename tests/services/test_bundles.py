"""A published round becomes one file that holds when anyone checks it."""

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from budgeting.models import Ballot, BoardEntry, Pot
from budgeting.services import board_heads, bundles
from budgeting.verify.checking import Checking
from budgeting.vocabulary import BallotType
from tests import results

TWO_POTS = (("Nordby", 150_000), ("Sydby", 90_000))
NOW = datetime.now(UTC)


def made(session, budget_round):
    return bundles.file_of(session(), budget_round)


def read(file, name):
    with zipfile.ZipFile(file) as bundle:
        return json.loads(bundle.read(name))


def holds(file):
    return [held.step for held in Checking(Path(file)).run()]


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"pots": TWO_POTS},
        {"ballot_type": BallotType.ORDINAL, "ballots": (("3", "1"), ("2",))},
        {"ballots": (), "voters": 3},
    ],
    ids=["plain", "two pots", "ranked", "nobody voted"],
)
def test_the_bundle_of_a_published_round_holds(session, wanted):
    whole = results.published(session, **wanted)

    assert "Optællingen" in holds(made(session, whole.budget_round))


def test_a_decision_with_a_departure_stands_in_it(session):
    whole = results.adopted(session, departures={"4": "Boden kan ikke ligge der."})

    file = made(session, whole.budget_round)

    assert holds(file)[-1] == "Byrådets beslutning"
    lines = read(file, "decision.json")["projects"]
    assert [line["reason"] for line in lines if line["adopted"] != line["recommended"]] == [
        "Boden kan ikke ligge der."
    ]


def test_heads_from_the_days_of_voting_stand_in_it_and_hold(session):
    whole = results.voted(session)
    board_heads.publish_due(whole.budget_round.voting_closes)
    results.count(whole)
    results.publish(whole)

    file = made(session, whole.budget_round)

    assert len(read(file, "pots/1/heads.json")["heads"]) == 2
    assert holds(file)


def test_the_same_round_always_gives_the_same_bytes(session):
    whole = results.published(session)

    first = bundles.made(session(), whole.budget_round)
    session.expire_all()

    assert bundles.made(session(), whole.budget_round) == first
    with zipfile.ZipFile(io.BytesIO(first)) as bundle:
        assert bundle.namelist() == sorted(bundle.namelist())
        assert {entry.date_time for entry in bundle.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_is_made_once_and_anew_when_the_council_has_decided(session):
    whole = results.published(session)
    before = made(session, whole.budget_round)
    stamp = before.stat().st_mtime_ns

    again = made(session, whole.budget_round)
    whole.budget_round.adopted_at = NOW
    session.commit()

    assert (again, again.stat().st_mtime_ns) == (before, stamp)
    assert made(session, whole.budget_round) != before


def test_nothing_is_handed_out_before_the_result_is_published(session):
    whole = results.counted(session)

    with pytest.raises(bundles.NotPublishedYet):
        made(session, whole.budget_round)


def test_no_voter_and_no_time_of_voting_stands_in_it(session):
    whole = results.published(session)
    bundle = bundles.made(session(), whole.budget_round)

    assert not [voter for voter in whole.voters if f'"{voter.roll_number}"'.encode() in bundle]
    assert b"birth" not in bundle
    assert b"handed_in" not in bundle


def test_a_ballot_altered_in_the_database_after_the_count_is_found(session):
    whole = results.published(session)
    session.query(Ballot).first().choices = ["5"]
    session.commit()

    refused = refusal_of(made(session, whole.budget_round))

    assert refused == "OutcomeDiffers"


def test_an_entry_altered_in_the_database_after_sealing_is_found(session):
    whole = results.published(session)
    pot = session.get(Pot, whole.pots[0].id)
    session.get(BoardEntry, (pot.id, 2)).entry = "ab" * 32
    session.commit()

    assert refusal_of(made(session, whole.budget_round)) == "BoardRewritten"


def refusal_of(file):
    from budgeting.verify.refused import BundleRefused

    with pytest.raises(BundleRefused) as refused:
        holds(file)
    return type(refused.value).__name__
