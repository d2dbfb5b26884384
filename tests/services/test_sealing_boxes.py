"""After closing: two people seal the box, and any two of three officers open it."""

from datetime import UTC, datetime, timedelta

import pytest

from budgeting.ballotbox.sealing import TooFewKeys
from budgeting.models import Account, AccountRole, AuditEvent, BallotBox, Count, SealConfirmation
from budgeting.refusals import NotYourDeed, WrongPhase
from budgeting.services import counting, lending, sealing_boxes
from budgeting.services.envelopes import BoxIsSealed
from budgeting.vocabulary import Phase, Role
from tests import make, results

NOW = datetime.now(UTC)


@pytest.fixture
def made(session):
    return results.voted(session, officers=3)


def confirm(made, person, now=NOW):
    return sealing_boxes.confirm(by=person, budget_round=made.budget_round, now=now)


def sealed(made):
    confirm(made, made.officers[0])
    confirm(made, made.officers[1])


def count(made, *numbers, typed=make.PASSPHRASE):
    counting.count(
        by=made.officers[0],
        budget_round=made.budget_round,
        passphrases=dict.fromkeys(numbers[:-1], make.PASSPHRASE) | {numbers[-1]: typed},
        now=NOW,
    )


def test_the_second_person_seals(session, made):
    assert confirm(made, made.people[Role.ADMIN]) is False
    assert made.budget_round.sealed_at is None

    assert confirm(made, made.officers[2]) is True
    assert made.budget_round.sealed_at == NOW
    assert session.query(BallotBox).one().board_root is not None
    deeds = [event.deed for event in session.query(AuditEvent).order_by(AuditEvent.number)]
    assert deeds[-3:] == ["confirm_sealing", "confirm_sealing", "seal_ballot_box"]


def test_one_person_does_not_count_as_two(session, made):
    officer = made.officers[0]
    officer.given_roles.append(AccountRole(role=Role.ADMIN))
    session.commit()
    confirm(made, officer)

    with pytest.raises(sealing_boxes.AlreadyConfirmed):
        confirm(made, officer)
    assert made.budget_round.sealed_at is None


def test_two_administrators_do_not_seal_without_an_officer(session, made):
    confirm(made, made.people[Role.ADMIN])

    with pytest.raises(sealing_boxes.OfficerMissing):
        confirm(made, make.account(session, Role.ADMIN, email="anden@example.org"))
    assert session.query(SealConfirmation).count() == 1


def test_a_sealed_box_is_not_sealed_again_and_takes_no_vote(session, made):
    sealed(made)

    with pytest.raises(sealing_boxes.AlreadySealed):
        confirm(made, made.officers[2])
    with pytest.raises(BoxIsSealed):
        results.voting.cast(
            voter=made.voters[0],
            pot=made.pots[0],
            choices=("1",),
            form_nonce="late",
            now=made.budget_round.voting_closes - timedelta(seconds=1),
        )


def test_nobody_seals_while_people_vote(session):
    made = make.budget_round(session, Phase.VOTING, officers=3)

    with pytest.raises(WrongPhase):
        confirm(made, made.officers[0])


def test_the_council_does_not_seal(made):
    with pytest.raises(NotYourDeed):
        confirm(made, made.people[Role.COUNCIL])


def test_a_box_that_is_not_sealed_is_not_opened(session, made):
    with pytest.raises(counting.NotSealedYet):
        count(made, 0, 1)
    assert session.query(Count).count() == 0


@pytest.mark.parametrize("pair", [(0, 1), (0, 2), (1, 2)])
def test_any_two_officers_open_the_box(session, made, pair):
    sealed(made)

    count(made, *pair)

    kept = session.query(Count).one()
    assert (kept.envelopes_in, kept.ballots_valid) == (5, 5)


def test_one_officer_alone_opens_nothing(session, made):
    sealed(made)

    with pytest.raises(TooFewKeys):
        count(made, 1)
    assert session.query(Count).count() == 0


def test_the_officer_who_must_type_again_is_named(session, made):
    sealed(made)

    with pytest.raises(lending.WrongPassphraseForBox) as refused:
        count(made, 0, 2, typed="noget helt andet her")
    assert refused.value.field == "passphrase_2"
    assert session.query(Count).count() == 0


def test_three_keys_open_what_two_would(session, made):
    sealed(made)

    count(made, 0, 1, 2)

    assert session.query(Count).one().ballots_valid == len(results.BALLOTS)
    assert session.query(Account).count() > 0
