"""The counting deed: sealed, opened by the officer's passphrase, counted and kept, once."""

from datetime import UTC, datetime, timedelta

import pytest

from budgeting.models import AuditEvent, Ballot, BallotBox, BoardEntry, Count, Envelope
from budgeting.refusals import NotYourDeed, WrongPhase
from budgeting.services import count_orders, counting, lending, voting
from budgeting.services.envelopes import BoxIsSealed
from budgeting.vocabulary import BallotType, Completion, Role, Rule
from tests import make, results

NOW = datetime.now(UTC)


def count(made, by=Role.ADMIN, passphrase=make.PASSPHRASE, now=NOW):
    counting.count(
        by=made.people[by],
        budget_round=made.budget_round,
        passphrases={0: passphrase},
        now=now,
    )


def told_of_the_opening(session):
    return session.query(AuditEvent).filter_by(deed="open_ballot_box").one().details


def test_the_count_is_what_the_ballots_say(session):
    made = results.voted(session)

    count(made)

    kept = session.get(Count, made.pots[0].id)
    assert (kept.envelopes_in, kept.ballots_valid, kept.ballots_invalid) == (5, 5, 0)
    assert kept.outcome["winners"] == ["1", "3", "4"]


def test_every_envelope_becomes_a_nameless_ballot_in_an_order_that_tells_nothing(session):
    made = results.voted(session)

    count(made)

    kept = session.query(Ballot).all()
    assert sorted(tuple(ballot.choices) for ballot in kept) == sorted(results.BALLOTS)
    assert len({ballot.id for ballot in kept}) == len(kept)
    assert {column.name for column in Ballot.__table__.columns} == {
        "id",
        "pot_id",
        "choices",
        "points",
    }


def test_ranked_ballots_keep_their_order(session):
    made = results.voted(
        session, ballot_type=BallotType.ORDINAL, ballots=(("3", "1"), ("3", "2"), ("4",))
    )

    count(made)

    assert {("3", "1"), ("3", "2"), ("4",)} == {
        tuple(ballot.choices) for ballot in session.query(Ballot)
    }


def test_equal_shares_with_add1_counts_through_the_same_deed(session):
    made = results.voted(session, rule=Rule.EQUAL_SHARES, completion=Completion.ADD1)

    count(made)

    assert session.get(Count, made.pots[0].id).outcome["increments"] > 0


def test_a_pot_nobody_voted_about_is_counted_too(session):
    made = results.voted(session, ballots=(), voters=2)

    count(made)

    kept = session.get(Count, made.pots[0].id)
    assert (kept.envelopes_in, kept.outcome["winners"]) == (0, [])


def test_the_roll_says_how_many_could_have_voted(session):
    made = results.voted(
        session, pots=(("Nordby", 150_000), ("Sydby", 90_000)), voters=7, ballots=(("1",),)
    )

    count(made)

    assert [kept.voters_entitled for kept in session.query(Count)] == [7, 7]


def test_a_wrong_passphrase_changes_nothing(session):
    made = results.voted(session)

    with pytest.raises(lending.WrongPassphraseForBox) as refused:
        count(made, passphrase="hemmeligt men forkert")

    assert "hemmeligt" not in str(refused.value)
    assert made.budget_round.sealed_at is None
    assert session.query(Ballot).count() == session.query(AuditEvent).count() == 0


def test_a_box_is_counted_once(session):
    made = results.counted(session)

    with pytest.raises(count_orders.AlreadyCounted):
        count(made)
    assert session.query(Ballot).count() == len(results.BALLOTS)


def test_a_sealed_box_takes_no_more_envelopes(session):
    made = results.counted(session, voters=6)

    with pytest.raises(BoxIsSealed):
        voting.cast(
            voter=made.voters[5],
            pot=made.pots[0],
            choices=("1",),
            form_nonce="too late",
            now=made.budget_round.voting_closes - timedelta(minutes=1),
        )


def test_sealing_signs_off_the_board(session):
    made = results.counted(session)

    box = session.get(BallotBox, made.pots[0].id)
    assert box.board_size == session.query(BoardEntry).count() == 5
    assert len(bytes.fromhex(box.board_root)) == 32


def test_a_damaged_envelope_is_counted_as_invalid_and_stops_nothing(session):
    made = results.voted(session)
    damaged = session.query(Envelope).first()
    damaged.sealed = damaged.sealed[:-1] + bytes([damaged.sealed[-1] ^ 1])
    session.commit()

    count(made)

    kept = session.get(Count, made.pots[0].id)
    assert (kept.envelopes_in, kept.ballots_valid, kept.ballots_invalid) == (5, 4, 1)
    assert '"refused":"1 NotOnTheBoard"' in told_of_the_opening(session)


def test_an_envelope_copied_to_another_voters_place_is_counted_once(session):
    made = results.voted(session)
    first, second = session.query(Envelope).all()[:2]
    second.sealed = first.sealed
    session.commit()

    count(made)

    assert session.get(Count, made.pots[0].id).ballots_valid == 4
    assert '"refused":"1 LaidInTwice"' in told_of_the_opening(session)


def test_two_envelopes_that_change_places_are_the_same_two_ballots(session):
    made = results.voted(session)
    first, second = session.query(Envelope).all()[:2]
    first.sealed, second.sealed = second.sealed, first.sealed
    session.commit()

    count(made)

    kept = session.query(Ballot).all()
    assert sorted(tuple(ballot.choices) for ballot in kept) == sorted(results.BALLOTS)


def test_the_log_tells_of_sealing_and_counting_and_of_no_vote(session):
    results.counted(session)

    events = session.query(AuditEvent).order_by(AuditEvent.number).all()
    assert [event.deed for event in events] == [
        "seal_ballot_box",
        "open_ballot_box",
        "count_ballots",
    ]
    for event in events[1:]:
        assert event.details == '{"ballots_out":5,"envelopes_in":5}'


def test_nobody_counts_before_voting_has_closed(session):
    made = results.voted(session)

    with pytest.raises(WrongPhase):
        count(made, now=made.budget_round.voting_closes - timedelta(seconds=1))


def test_the_council_does_not_count(session):
    made = results.voted(session)

    with pytest.raises(NotYourDeed):
        count(made, by=Role.COUNCIL)
