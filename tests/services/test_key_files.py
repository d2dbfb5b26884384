"""Strict rounds: the locked keys lie only in the officers' own files."""

import pytest

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import Count, OfficerKey
from budgeting.refusals import EditedMeanwhile
from budgeting.services import (
    choosing_officers,
    counting,
    lending,
    officer_keys,
    pair_trials,
    rounds,
    sealing_boxes,
)
from budgeting.services.choosing_officers import BoxRules
from budgeting.vocabulary import Phase, Role
from tests import make, results

PASSPHRASE = "fire ord som ikke rimer"


@pytest.fixture
def made(session):
    made = make.budget_round(session, Phase.DRAFT, officers=3)
    choosing_officers.choose_box(
        by=make.account(session, Role.ADMIN),
        budget_round=made.budget_round,
        seen_version=made.budget_round.version,
        box=BoxRules(officers=3, objection_days=28, keys_in_files=True),
        now=clock.now(),
    )
    return made


def said(made, number):
    return {
        "by": made.officers[number],
        "budget_round": made.budget_round,
        "passphrase": PASSPHRASE,
        "now": clock.now(),
    }


def all_files(made):
    return [officer_keys.make_key_file(**said(made, number), seen_key="") for number in range(3)]


def test_choosing_files_asks_for_new_keys(session, made):
    assert session.query(OfficerKey).count() == 0


def test_the_file_is_all_there_is_of_the_private_half(session, made):
    text = officer_keys.make_key_file(**said(made, 0), seen_key="")

    key = session.query(OfficerKey).one()
    assert key.locked_private_key is None
    assert officer_keys.fingerprint_of(key) in text


def test_no_key_is_left_here_by_mistake(made):
    with pytest.raises(EditedMeanwhile):
        officer_keys.make_key(**said(made, 0), seen_key="")


def test_a_round_that_keeps_keys_hands_out_no_file(session):
    made = make.budget_round(session, Phase.DRAFT)
    seen = officer_keys.fingerprint_of(session.query(OfficerKey).one())

    with pytest.raises(EditedMeanwhile):
        officer_keys.make_key_file(**said(made, 0), seen_key=seen)


def test_the_key_is_tried_with_its_file(made):
    files = all_files(made)

    assert officer_keys.try_key(**said(made, 1), key_file=files[1]).tested_at


@pytest.mark.parametrize("wrong", ["", "not a key", "other"])
def test_another_file_is_refused_at_its_field(made, wrong):
    files = all_files(made)

    with pytest.raises(lending.KeyFileUnfit) as refused:
        officer_keys.try_key(**said(made, 1), key_file=files[0] if wrong == "other" else wrong)
    assert refused.value.field == "key_file_1"


def test_two_files_open_the_test_envelope(session, made):
    files = all_files(made)

    pair_trials.try_pair(
        by=made.officers[0],
        budget_round=made.budget_round,
        passphrases={0: PASSPHRASE, 2: PASSPHRASE},
        key_files={0: files[0], 2: files[2]},
        now=clock.now(),
    )

    assert pair_trials.tried(session, made.budget_round) == {(0, 2)}


def without_keys_here(session, made):
    """Take the locked keys out of the database; what they were, as files."""
    from budgeting.ballotbox import key_files
    from budgeting.ballotbox.officer_keys import OfficerKeyPair

    keys = session.query(OfficerKey).order_by(OfficerKey.number).all()
    files = {
        key.number: key_files.to_text(OfficerKeyPair(key.public_key, key.locked_private_key))
        for key in keys
    }
    for key in keys:
        key.locked_private_key = None
    session.commit()
    return files


def test_two_files_open_the_box_and_the_third_is_not_asked_for(session):
    made = results.voted(session, officers=3)
    files = without_keys_here(session, made)
    for officer in made.officers[:2]:
        sealing_boxes.confirm(by=officer, budget_round=made.budget_round, now=clock.now())

    counting.count(
        by=made.officers[1],
        budget_round=made.budget_round,
        passphrases={1: make.PASSPHRASE, 2: make.PASSPHRASE},
        key_files={1: files[1], 2: files[2]},
        now=clock.now(),
    )

    assert session.query(Count).one().ballots_valid == len(results.BALLOTS)


def test_a_file_that_was_swapped_opens_nothing(session):
    made = results.voted(session, officers=3)
    files = without_keys_here(session, made)
    for officer in made.officers[:2]:
        sealing_boxes.confirm(by=officer, budget_round=made.budget_round, now=clock.now())

    with pytest.raises(lending.KeyFileUnfit):
        counting.count(
            by=made.officers[1],
            budget_round=made.budget_round,
            passphrases={1: make.PASSPHRASE, 2: make.PASSPHRASE},
            key_files={1: files[2], 2: files[2]},
            now=clock.now(),
        )
    assert session.query(Count).count() == 0


def test_the_rules_say_where_the_keys_are(session):
    made = make.budget_round(session, Phase.PROPOSING, officers=3)

    assert rounds.rulebook_of(db.session(), made.budget_round).keys_in_files is False
