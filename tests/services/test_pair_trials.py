"""Three officers: each makes a key, and each pair opens a test envelope, before a round opens."""

import pytest

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import OfficerKey, PairTrial
from budgeting.refusals import EditedMeanwhile
from budgeting.rulebook import rules
from budgeting.rulebook.readiness import MAKE_ALL, TRY_ALL, TRY_PAIRS, Part
from budgeting.services import (
    choosing_officers,
    lending,
    officer_keys,
    pair_trials,
    preparing,
    rounds,
)
from budgeting.services.choosing_officers import BoxRules
from budgeting.services.locked_rules import RulesAreLocked
from budgeting.vocabulary import Phase, Role
from tests import make

NEW = "fire ord som ikke rimer"


@pytest.fixture
def made(session):
    made = make.budget_round(session, Phase.DRAFT, officers=3)
    session.query(PairTrial).delete()
    session.commit()
    return made


def key_gaps(made):
    missing = preparing.missing_before_opening(made.budget_round, clock.now())
    return [gap.sentence for gap in missing if gap.part is Part.OFFICER]


def try_pair(made, first, second, by=None, typed=make.PASSPHRASE):
    pair_trials.try_pair(
        by=by or made.officers[first],
        budget_round=made.budget_round,
        passphrases={first: make.PASSPHRASE, second: typed},
        now=clock.now(),
    )


def remake(made, number):
    officer_keys.make_key(
        by=made.officers[number],
        budget_round=made.budget_round,
        passphrase=NEW,
        seen_key=officer_keys.fingerprint_of(
            officer_keys.own_key(db.session(), made.budget_round, made.officers[number])
        ),
        now=clock.now(),
    )


def test_each_of_the_three_pairs_must_open_an_envelope(made):
    assert key_gaps(made) == [TRY_PAIRS]

    try_pair(made, 0, 1)
    try_pair(made, 0, 2)
    assert key_gaps(made) == [TRY_PAIRS]

    try_pair(made, 1, 2)
    assert key_gaps(made) == []


def test_a_pair_that_tries_again_is_still_one_pair(session, made):
    try_pair(made, 0, 1)
    try_pair(made, 0, 1)

    assert pair_trials.tried(session, made.budget_round) == {(0, 1)}


def test_the_wrong_one_of_two_passphrases_is_named(session, made):
    with pytest.raises(lending.WrongPassphraseForBox) as refused:
        try_pair(made, 0, 2, typed="noget helt andet her")

    assert refused.value.field == "passphrase_2"
    assert pair_trials.tried(session, made.budget_round) == set()


def test_two_officers_do_not_try_for_the_third(made):
    with pytest.raises(pair_trials.NotThesePeople):
        try_pair(made, 0, 1, by=made.officers[2])


@pytest.mark.parametrize("numbers", [(0,), (0, 1, 2), (1, 5)])
def test_a_pair_is_two_officers_of_the_round(made, numbers):
    with pytest.raises(pair_trials.NotThesePeople):
        pair_trials.try_pair(
            by=made.officers[0],
            budget_round=made.budget_round,
            passphrases=dict.fromkeys(numbers, make.PASSPHRASE),
            now=clock.now(),
        )


def test_nobody_tries_before_all_three_have_a_key(session, made):
    session.query(OfficerKey).filter_by(number=2).delete()
    session.commit()

    with pytest.raises(pair_trials.KeysAreMissing):
        try_pair(made, 0, 1)
    assert key_gaps(made) == [MAKE_ALL]


def test_a_new_key_must_be_tried_alone_and_with_both_others(session, made):
    for first, second in ((0, 1), (0, 2), (1, 2)):
        try_pair(made, first, second)

    remake(made, 2)

    assert key_gaps(made) == [TRY_ALL]
    assert pair_trials.tried(session, made.budget_round) == {(0, 1)}


def test_a_key_made_anew_during_the_trial_is_not_marked(session, made, monkeypatch):
    opens = pair_trials.open_trial_envelope

    def meanwhile(public_keys, private_keys):
        opens(public_keys, private_keys)
        remake(made, 2)

    monkeypatch.setattr(pair_trials, "open_trial_envelope", meanwhile)
    with pytest.raises(EditedMeanwhile):
        try_pair(made, 0, 1)


def test_a_fourth_officer_finds_no_place_until_one_is_made(session, made):
    admin, fourth = (
        make.account(session, role, email=f"{role}4@example.org")
        for role in (Role.ADMIN, Role.OFFICER)
    )
    said = {"budget_round": made.budget_round, "now": clock.now()}

    with pytest.raises(officer_keys.PlacesAreTaken):
        officer_keys.make_key(by=fourth, passphrase=NEW, seen_key="", **said)

    seen = made.budget_round.version
    choosing_officers.make_room(by=admin, seen_version=seen, number=1, **said)
    key = officer_keys.make_key(by=fourth, passphrase=NEW, seen_key="", **said)
    assert (key.number, key.account_id) == (1, fourth.id)


def test_a_round_that_needs_one_officer_keeps_the_first_key(session, made):
    try_pair(made, 0, 1)

    choosing_officers.choose_box(
        by=make.account(session, Role.ADMIN),
        budget_round=made.budget_round,
        seen_version=made.budget_round.version,
        box=BoxRules(officers=1, objection_days=28),
        now=clock.now(),
    )

    assert [key.number for key in session.query(OfficerKey)] == [0]
    assert session.query(PairTrial).count() == 0
    assert key_gaps(made) == []


def test_two_officers_are_not_a_choice(session, made):
    with pytest.raises(choosing_officers.NumberUnknown):
        choosing_officers.choose_box(
            by=make.account(session, Role.ADMIN),
            budget_round=made.budget_round,
            seen_version=made.budget_round.version,
            box=BoxRules(officers=2, objection_days=28),
            now=clock.now(),
        )


def test_the_frozen_rules_name_the_keys(session):
    made = make.budget_round(session, Phase.PROPOSING, officers=3)

    frozen = rounds.rulebook_of(session, made.budget_round)
    assert (frozen.officers, frozen.officers_needed) == (3, 2)
    assert frozen.key_fingerprints == tuple(
        officer_keys.fingerprint_of(key) for key in session.query(OfficerKey).order_by("number")
    )
    assert rules.from_json(rules.to_json(frozen)) == frozen


def test_the_number_of_officers_is_locked_with_the_rules(session):
    made = make.budget_round(session, Phase.PROPOSING, officers=3)

    with pytest.raises(RulesAreLocked):
        choosing_officers.choose_box(
            by=make.account(session, Role.ADMIN),
            budget_round=made.budget_round,
            seen_version=made.budget_round.version,
            box=BoxRules(officers=1, objection_days=28),
            now=clock.now(),
        )
