"""The officer's key: made, tried on a real envelope, replaced while the round is a draft."""

import pytest

from budgeting import clock
from budgeting.ballotbox.officer_keys import WrongPassphrase
from budgeting.ballotbox.passphrases import PassphraseTooShort
from budgeting.models import OfficerKey
from budgeting.refusals import EditedMeanwhile, NotYourDeed
from budgeting.services import officer_keys
from budgeting.services.locked_rules import RulesAreLocked
from budgeting.vocabulary import Phase, Role
from tests import make

PASSPHRASE = "fire ord som ikke rimer"


@pytest.fixture
def made(session):
    made = make.budget_round(session, Phase.DRAFT)
    session.delete(session.query(OfficerKey).one())
    session.commit()
    return made


@pytest.fixture
def said(made):
    return {
        "by": made.people[Role.OFFICER],
        "budget_round": made.budget_round,
        "now": clock.now(),
    }


def test_a_new_key_is_not_tried_yet(said):
    key = officer_keys.make_key(**said, passphrase=PASSPHRASE, seen_key="")

    assert key.tested_at is None
    assert PASSPHRASE.encode() not in key.locked_private_key


def test_a_weak_passphrase_is_refused(said):
    with pytest.raises(PassphraseTooShort):
        officer_keys.make_key(**said, passphrase="kort", seen_key="")


def test_a_key_that_opens_the_test_envelope_is_tested(said):
    officer_keys.make_key(**said, passphrase=PASSPHRASE, seen_key="")

    assert officer_keys.try_key(**said, passphrase=f" {PASSPHRASE} ").tested_at is not None


def test_a_wrong_passphrase_leaves_the_key_untested(session, said):
    officer_keys.make_key(**said, passphrase=PASSPHRASE, seen_key="")

    with pytest.raises(WrongPassphrase):
        officer_keys.try_key(**said, passphrase="noget helt andet her")
    assert session.query(OfficerKey).one().tested_at is None


def test_there_must_be_a_key_to_try(said):
    with pytest.raises(officer_keys.NoKeyYet):
        officer_keys.try_key(**said, passphrase=PASSPHRASE)


def test_a_key_in_place_of_another_must_be_tried_again(session, said):
    first = officer_keys.make_key(**said, passphrase=PASSPHRASE, seen_key="")
    officer_keys.try_key(**said, passphrase=PASSPHRASE)

    seen = officer_keys.fingerprint_of(first)
    second = officer_keys.make_key(**said, passphrase=PASSPHRASE, seen_key=seen)

    assert second.tested_at is None
    assert officer_keys.fingerprint_of(second) != seen
    assert session.query(OfficerKey).count() == 1


def test_nobody_replaces_a_key_they_have_not_seen(said):
    officer_keys.make_key(**said, passphrase=PASSPHRASE, seen_key="")

    with pytest.raises(EditedMeanwhile):
        officer_keys.make_key(**said, passphrase=PASSPHRASE, seen_key="")


def test_only_the_one_who_made_a_key_can_try_it(session, said):
    officer_keys.make_key(**said, passphrase=PASSPHRASE, seen_key="")
    other = make.account(session, Role.OFFICER, email="anden@example.org")

    with pytest.raises(officer_keys.KeyOfAnother):
        officer_keys.try_key(**said | {"by": other}, passphrase=PASSPHRASE)


def test_an_admin_makes_no_key(session, said):
    with pytest.raises(NotYourDeed):
        officer_keys.make_key(
            **said | {"by": make.account(session, Role.ADMIN)}, passphrase=PASSPHRASE, seen_key=""
        )


def test_the_key_of_an_opened_round_stays(session):
    made = make.budget_round(session, Phase.PROPOSING)

    with pytest.raises(RulesAreLocked):
        officer_keys.make_key(
            by=made.people[Role.OFFICER],
            budget_round=made.budget_round,
            passphrase=PASSPHRASE,
            seen_key="",
            now=clock.now(),
        )
