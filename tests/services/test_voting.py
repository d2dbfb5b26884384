"""Handing in a ballot: who may, what is refused, what is kept, and that it can be opened again."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select, text

from budgeting.ballotbox import officer_keys, receipts
from budgeting.extensions import db
from budgeting.models import BallotBox, BoardEntry, Envelope, HandedInForm
from budgeting.refusals import EditedMeanwhile, WrongPhase
from budgeting.rulebook import ballots
from budgeting.services import boxes, envelopes, opening_box, rounds, voting
from budgeting.vocabulary import BallotType, Phase
from tests import make

NOW = datetime.now(UTC).replace(second=41, microsecond=7)


def cast(made, *choices, voter=0, pot=0, nonce="form-1", now=NOW):
    return voting.cast(
        voter=made.voters[voter],
        pot=made.pots[pot],
        choices=choices,
        form_nonce=nonce,
        now=now,
    )


def opened(session, made, pot=0):
    """The nameless ballots that the officer finds in the box."""
    key = boxes.officer_keys(session, made.budget_round)[0]
    keys = {0: officer_keys.unlock(key.locked_private_key, make.PASSPHRASE)}
    rule = rounds.rulebook_of(session, made.budget_round).ballot
    box = opening_box.open_box(session, made.pots[pot], rule, keys)
    return sorted(tuple(ballot.choices) for ballot in box.ballots)


def count_of(session, row):
    return session.scalar(select(func.count()).select_from(row))


def test_a_ballot_that_was_handed_in_is_found_when_the_box_is_opened(session):
    made = make.budget_round(session)
    cast(made, "2", "1")
    assert opened(session, made) == [("1", "2")]


def test_a_ranked_ballot_keeps_its_order(session):
    made = make.budget_round(session, ballot_type=BallotType.ORDINAL)
    cast(made, "3", "1", "2")
    assert opened(session, made) == [("3", "1", "2")]


def test_the_receipt_is_a_code_in_groups_of_four(session):
    receipt = cast(make.budget_round(session), "1")
    assert [len(group) for group in receipt.split("-")] == [4] * 5
    assert receipts.parse(receipt) == receipt


def test_the_receipt_is_that_of_the_envelope_in_the_box(session):
    made = make.budget_round(session)
    receipt = cast(made, "1")
    envelope = session.scalars(select(Envelope)).one()
    assert receipts.receipt_of(envelope.sealed) == envelope.receipt == receipt


def test_voting_again_replaces_the_envelope_and_the_last_one_counts(session):
    made = make.budget_round(session)
    first, second = cast(made, "1"), cast(made, "2", "3", nonce="form-2")
    assert first != second
    assert opened(session, made) == [("2", "3")]
    assert voting.state_of(made.voters[0], made.pots[0]).receipt == second


def test_the_board_keeps_every_envelope_ever_cast_in_order(session):
    made = make.budget_round(session)
    handed_in = [cast(made, "1"), cast(made, "1", voter=1), cast(made, "2", nonce="form-2")]
    board = session.scalars(select(BoardEntry).order_by(BoardEntry.position)).all()
    assert [entry.receipt for entry in board] == handed_in
    assert [entry.position for entry in board] == [0, 1, 2]
    assert session.get(BallotBox, made.pots[0].id).board_size == 3


def test_the_same_form_gives_the_same_receipt_and_no_second_vote(session):
    made = make.budget_round(session)
    assert cast(made, "1") == cast(made, "1")
    assert count_of(session, BoardEntry) == 1


def test_an_old_form_sent_again_after_a_new_vote_changes_nothing(session):
    made = make.budget_round(session)
    first, second = cast(made, "1"), cast(made, "2", nonce="form-2")
    assert cast(made, "1") == first
    assert opened(session, made) == [("2",)]
    assert voting.state_of(made.voters[0], made.pots[0]).receipt == second


def test_the_same_nonce_of_another_voter_is_another_form(session):
    made = make.budget_round(session)
    assert cast(made, "1") != cast(made, "1", voter=1)
    assert count_of(session, Envelope) == 2


def test_every_envelope_of_a_pot_is_equally_long(session):
    made = make.budget_round(session)
    cast(made, "1")
    cast(made, "1", "2", "3", voter=1)
    lengths = {len(envelope.sealed) for envelope in session.scalars(select(Envelope))}
    assert len(lengths) == 1


def test_only_the_minute_of_handing_in_is_kept(session):
    made = make.budget_round(session)
    cast(made, "1")
    at = voting.state_of(made.voters[0], made.pots[0]).at
    assert at == NOW.replace(second=0, microsecond=0)


def test_nothing_is_handed_in_before_it_is(session):
    made = make.budget_round(session)
    assert voting.state_of(made.voters[0], made.pots[0]) is None


@pytest.mark.parametrize(
    ("choices", "refusal"),
    [
        ((), ballots.TooFewChoices),
        (("1", "2", "3", "4"), ballots.TooManyChoices),
        (("1", "1"), ballots.ChosenTwice),
        (("6",), ballots.NotOnTheBallot),
        (("Ællebælle",), ballots.NotOnTheBallot),
    ],
)
def test_a_ballot_that_breaks_the_rulebook_is_refused_and_leaves_no_trace(
    session, choices, refusal
):
    made = make.budget_round(session)
    with pytest.raises(refusal) as refused:
        cast(made, *choices)
    assert "Ællebælle" not in f"{refused.value!r} {refused.value} {refused.value.values}"
    assert count_of(session, Envelope) == count_of(session, BoardEntry) == 0
    assert count_of(session, HandedInForm) == 0


@pytest.mark.parametrize("phase", [Phase.PRESENTING, Phase.COUNTING, Phase.DECIDING])
def test_nothing_is_handed_in_before_or_after_the_vote(session, phase):
    made = make.budget_round(session, phase=phase)
    with pytest.raises(WrongPhase):
        cast(made, "1")


def test_the_last_second_is_in_time_and_the_next_is_too_late(session):
    made = make.budget_round(session)
    closes = made.budget_round.voting_closes
    cast(made, "1", now=closes - timedelta(seconds=1))
    with pytest.raises(WrongPhase):
        cast(made, "2", nonce="form-2", now=closes)
    assert opened(session, made) == [("1",)]


def test_a_sealed_box_takes_no_more(session):
    made = make.budget_round(session)
    session.get(BallotBox, made.pots[0].id).sealed_at = NOW
    session.commit()
    with pytest.raises(envelopes.BoxIsSealed):
        cast(made, "1")
    assert count_of(session, Envelope) == 0


def test_a_voter_has_the_pot_of_their_own_area_only(session):
    made = make.budget_round(session)
    assert voting.pots_of(made.voters[0]) == (made.pots[0],)
    assert voting.pots_of(made.voters[2]) == (made.pots[1],)


def test_a_pot_for_everyone_is_everyones(session):
    made = make.budget_round(session, for_everyone=("Sydby",))
    assert voting.pots_of(made.voters[0]) == tuple(made.pots)


def test_a_voter_too_young_on_the_last_day_has_no_pot(session):
    made = make.budget_round(session)
    last_day = made.budget_round.voting_closes.date()
    made.voters[0].birth_date = last_day.replace(year=last_day.year - 5, day=1)
    session.commit()
    assert voting.pots_of(made.voters[0]) == ()


def test_another_areas_pot_is_refused(session):
    made = make.budget_round(session)
    with pytest.raises(voting.NotYourPot):
        cast(made, "6", pot=1)


def test_a_pot_of_another_round_is_refused(session):
    made = make.budget_round(session)
    other = make.budget_round(session, slug="havnen", voters_in_each_area=0)
    with pytest.raises(voting.NotYourPot):
        voting.cast(voter=made.voters[0], pot=other.pots[0], choices=["1"], form_nonce="f", now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        "update voter set birth_date = '2020-01-01' where id = {voter}",
        "update voter set area_id = {area} where id = {voter}",
        "delete from voter where id = {voter}",
        "update rulebook_version set fingerprint = 'new' where round_id = {round}",
    ],
)
def test_what_changes_while_the_ballot_is_sealed_is_seen_in_the_boxs_turn(
    session, monkeypatch, change
):
    made = make.budget_round(session)
    said = change.format(voter=made.voters[0].id, area=made.areas[1].id, round=made.budget_round.id)
    seal = envelopes.seal

    def sealed_slowly(*given):
        with db.engine.begin() as other:
            other.execute(text(said))
        return seal(*given)

    monkeypatch.setattr(envelopes, "seal", sealed_slowly)
    with pytest.raises(EditedMeanwhile):
        cast(made, "1")
    assert count_of(session, Envelope) == count_of(session, BoardEntry) == 0


def test_a_vote_takes_few_questions_and_fewer_while_others_wait(session):
    made = make.budget_round(session)
    cast(made, "1")
    asked = []

    def note(connection, cursor, statement, *rest):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    cast(made, "2", nonce="form-2")
    event.remove(db.engine, "before_cursor_execute", note)
    in_turn = asked[next(n for n, one in enumerate(asked) if "ballot_box.sealed_at" in one) :]
    assert len(asked) <= 12
    assert len(in_turn) == 6


def test_a_write_that_fails_in_the_turn_leaves_nothing_and_the_next_one_is_taken(session):
    made = make.budget_round(session)
    in_the_way = BoardEntry(pot_id=made.pots[0].id, position=0, entry="00", receipt="x")
    session.add(in_the_way)
    session.commit()

    with pytest.raises(Exception, match=r"(?i)unique"):
        cast(made, "1")

    assert (count_of(session, Envelope), count_of(session, HandedInForm)) == (0, 0)
    session.delete(session.merge(in_the_way))
    session.commit()
    cast(made, "1")
    assert (count_of(session, Envelope), count_of(session, HandedInForm)) == (1, 1)
