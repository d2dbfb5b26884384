"""A vote on paper marks the roll: one counted vote whichever way, and the log names nobody."""

import dataclasses
import json
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from budgeting import canonical
from budgeting.models import AuditEvent, BoardEntry, Envelope, PaperMark, Voter
from budgeting.refusals import NotYourDeed, WrongPhase
from budgeting.rulebook import rules
from budgeting.services import (
    paper_marks,
    paper_votes,
    receipt_look_up,
    rounds,
    sealing_boxes,
    turnout,
    voting,
)
from budgeting.vocabulary import PaperVotes, Phase, Role
from tests import make

NOW = datetime.now(UTC)


@pytest.fixture
def made(session):
    return make.budget_round(session, paper_votes=PaperVotes.REPLACES)


@pytest.fixture
def admin(session):
    return make.account(session, Role.ADMIN)


def cast(made, voter=0, nonce="form-1"):
    return voting.cast(
        voter=made.voters[voter], pot=made.pots[0], choices=["1"], form_nonce=nonce, now=NOW
    )


def mark(made, admin, voter=0, pot=0):
    paper_votes.mark(by=admin, voter=made.voters[voter], pot=made.pots[pot], now=NOW)


def stranger(session, made):
    """Somebody on the roll of another round, without a code."""
    voter = Voter(round_id=made.budget_round.id, roll_number="9", area=made.areas[0])
    session.add(voter)
    session.commit()
    return voter


def test_paper_takes_the_envelope_out_and_leaves_the_board(session, made, admin):
    receipt = cast(made)
    mark(made, admin)
    assert session.scalars(select(Envelope)).all() == []
    assert session.scalars(select(BoardEntry.receipt)).all() == [receipt]
    assert receipt_look_up.is_on_board(receipt, made.budget_round)


def test_nothing_is_handed_in_online_after_paper_not_even_the_same_form(session, made, admin):
    cast(made)
    mark(made, admin)
    for nonce in ("form-1", "form-2"):
        with pytest.raises(paper_marks.VotedOnPaper):
            cast(made, nonce=nonce)
    assert session.scalars(select(Envelope)).all() == []


def test_a_voter_is_marked_once(made, admin):
    mark(made, admin)
    with pytest.raises(paper_votes.MarkedBefore):
        mark(made, admin)


def test_where_the_first_stands_an_envelope_is_not_replaced(session, admin):
    made = make.budget_round(session, paper_votes=PaperVotes.FIRST_STANDS)
    cast(made)
    with pytest.raises(paper_votes.VotedOnline):
        mark(made, admin)
    mark(made, admin, voter=1)
    with pytest.raises(paper_marks.VotedOnPaper):
        cast(made, voter=1)


def test_without_paper_in_the_rulebook_nobody_is_marked(session, admin):
    with pytest.raises(paper_votes.NoPaperVotes):
        mark(make.budget_round(session), admin)


def test_another_areas_pot_is_refused(made, admin):
    with pytest.raises(voting.NotYourPot):
        mark(made, admin, pot=1)


def test_only_an_administrator_marks_and_only_while_voting(session, made, admin):
    with pytest.raises(NotYourDeed):
        mark(made, make.account(session, Role.CASEWORKER))
    over = make.budget_round(
        session,
        Phase.COUNTING,
        slug="slut",
        paper_votes=PaperVotes.REPLACES,
        voters_in_each_area=0,
    )
    voter = stranger(session, over)
    with pytest.raises(WrongPhase):
        paper_votes.mark(by=admin, voter=voter, pot=over.pots[0], now=NOW)


def test_the_numbers_count_paper_beside_the_envelopes(session, made, admin):
    cast(made)
    cast(made, voter=1)
    mark(made, admin)
    box = sealing_boxes.boxes.boxes_of(session, made.budget_round)[0]
    assert sealing_boxes.numbers_of(session, box) == sealing_boxes.BoxNumbers(2, 1, 1)
    voted = turnout.turnout_of(session, made.budget_round)[0]
    assert (voted.handed_in, voted.on_paper) == (2, 1)


def test_the_log_tells_of_the_deed_and_names_no_voter(session, made, admin):
    cast(made)
    mark(made, admin)
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert event.deed == "mark_paper_vote"
    assert json.loads(event.details) == {"pot": made.pots[0].name, "replaced": 1}
    assert session.scalars(select(PaperMark.account_id)).one() == admin.id


def test_a_rulebook_from_before_there_was_paper_still_reads(session, made):
    rulebook = rounds.rulebook_of(session, made.budget_round)
    old = json.loads(rules.to_json(rulebook))
    del old["paper_votes"]
    read = rules.from_json(canonical.encode(old).decode())
    assert read == dataclasses.replace(rulebook, paper_votes=PaperVotes.NONE)


def test_paper_and_net_at_once_leave_one_vote(app, session, made, admin):
    ids = [voter.id for voter in made.voters[:2]]
    given = (made.pots[0].id, admin.id)
    session.rollback()
    start = threading.Barrier(8)

    def rush(number):
        from budgeting.extensions import db
        from budgeting.models import Account, Pot
        from budgeting.refusals import Refusal

        with app.app_context():
            start.wait()
            for round_number in range(4):
                voter = db.session.get(Voter, ids[(number + round_number) % 2])
                pot, by = db.session.get(Pot, given[0]), db.session.get(Account, given[1])
                try:
                    if number == 0 and round_number > 1:
                        paper_votes.mark(by=by, voter=voter, pot=pot, now=NOW)
                    else:
                        nonce = f"{number}-{round_number}"
                        voting.cast(voter=voter, pot=pot, choices=["1"], form_nonce=nonce, now=NOW)
                except Refusal:
                    pass

    threads = [threading.Thread(target=rush, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.rollback()
    assert session.scalars(select(Envelope)).all() == []
    assert sorted(session.scalars(select(PaperMark.voter_id))) == sorted(ids)
