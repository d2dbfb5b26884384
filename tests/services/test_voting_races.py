"""Many hands on one voter at once: one envelope, every cast on the board, every receipt found."""

import multiprocessing
import threading
import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text, update

from budgeting.extensions import db
from budgeting.models import BallotBox, BoardEntry, Envelope, Pot, Voter
from budgeting.services import envelopes, receipt_look_up, voting
from tests import make

THREADS = 12
CASTS_EACH = 4
PROCESSES = 3
IMPATIENT = 2


def cast_in(app, voter_id, pot_id, nonces):
    """Hands in one ballot for each nonce in a session of its own, and returns the receipts."""
    with app.app_context():
        return [
            voting.cast(
                voter=db.session.get(Voter, voter_id),
                pot=db.session.get(Pot, pot_id),
                choices=[str(1 + number % 3)],
                form_nonce=nonce,
                now=datetime.now(UTC),
            )
            for number, nonce in enumerate(nonces)
        ]


def cast_in_a_process(settings, voter_id, pot_id, nonces, answers):
    from budgeting import create_app

    answers.put(cast_in(create_app(settings), voter_id, pot_id, nonces))


def all_at_once(work):
    """Runs every piece of work in a thread of its own, started together; returns what came."""
    start, came = threading.Barrier(len(work)), []

    def run(piece):
        start.wait()
        came.append(piece())

    threads = [threading.Thread(target=run, args=(piece,)) for piece in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came) == len(work), "a cast failed"
    return [receipt for receipts in came for receipt in receipts]


def assert_box_holds(session, made, receipts, envelopes=1):
    session.rollback()
    board = session.scalars(select(BoardEntry).order_by(BoardEntry.position)).all()
    assert [entry.position for entry in board] == list(range(len(board)))
    assert sorted(entry.receipt for entry in board) == sorted(receipts)
    kept = session.scalars(select(Envelope)).all()
    assert len(kept) == envelopes
    assert {envelope.receipt for envelope in kept} <= set(receipts)
    box = session.get(BallotBox, made.pots[0].id, populate_existing=True)
    assert box.board_size == len(board)
    for receipt in receipts:
        assert receipt_look_up.is_on_board(receipt, made.budget_round)


def test_one_voter_voting_in_many_windows_has_one_envelope(app, session):
    made = make.budget_round(session)
    voter, pot = made.voters[0].id, made.pots[0].id
    nonces = [[f"{thread}-{number}" for number in range(CASTS_EACH)] for thread in range(THREADS)]
    session.rollback()
    receipts = all_at_once([lambda own=own: cast_in(app, voter, pot, own) for own in nonces])
    assert len(set(receipts)) == THREADS * CASTS_EACH
    assert_box_holds(session, made, receipts)


def test_one_form_sent_many_times_at_once_gives_one_receipt(app, session):
    made = make.budget_round(session)
    voter, pot = made.voters[0].id, made.pots[0].id
    session.rollback()
    receipts = all_at_once([lambda: cast_in(app, voter, pot, ["form-1"])] * THREADS)
    assert len(set(receipts)) == 1
    assert_box_holds(session, made, set(receipts))


def test_many_voters_at_once_each_have_their_own(app, session):
    made = make.budget_round(session, voters_in_each_area=THREADS)
    pot = made.pots[0].id
    ids = [voter.id for voter in made.voters[:THREADS]]
    session.rollback()
    receipts = all_at_once(
        [lambda own=own: cast_in(app, own, pot, ["form-1"] * IMPATIENT) for own in ids]
    )
    assert_box_holds(session, made, set(receipts), envelopes=THREADS)


@pytest.mark.parametrize("same_form", [True, False])
def test_several_processes_take_turns_too(app, session, same_form):
    made = make.budget_round(session)
    settings = {
        name: app.config[name]
        for name in ("TESTING", "SECRET_KEY", "DATABASE_URL", "CLOCK_OFFSET_FILE", "MAIL_FOLDER")
    }
    spawn = multiprocessing.get_context("spawn")
    answers = spawn.Queue()
    given = (made.voters[0].id, made.pots[0].id)
    session.rollback()
    workers = [
        spawn.Process(
            target=cast_in_a_process,
            args=(settings, *given, ["form"] if same_form else [f"{n}-a", f"{n}-b"], answers),
        )
        for n in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    receipts = [receipt for _ in workers for receipt in answers.get(timeout=60)]
    for worker in workers:
        worker.join()
    assert_box_holds(session, made, set(receipts) if same_form else receipts)


def test_a_voter_moved_while_waiting_for_their_turn_has_no_vote_in_the_old_pot(
    app, session, monkeypatch
):
    """A roll that is read holds the boxes; the cast that waits for them asks again."""
    made = make.budget_round(session)
    voter, pots = made.voters[0], made.pots
    sydby = made.areas[1].id
    take_turn = envelopes.box_in_turn

    def moved_while_waiting(held, pot_id):
        box = take_turn(held, pot_id)
        moved = update(Voter).where(Voter.id == voter.id).values(area_id=sydby)
        held.execute(moved.execution_options(synchronize_session=False))
        return box

    monkeypatch.setattr(envelopes, "box_in_turn", moved_while_waiting)
    with pytest.raises(voting.RollChanged):
        voting.cast(voter=voter, pot=pots[0], choices=["1"], form_nonce="f", now=datetime.now(UTC))
    assert session.scalars(select(Envelope)).all() == []


def test_an_import_and_a_cast_in_the_same_instant_agree_on_the_area(database, app, session):
    """The import has the boxes; the cast waits for it, and then finds the voter elsewhere."""
    if "postgresql" not in database.url:
        pytest.skip("SQLite lets one deed in at a time, so no cast reads before an import is done.")
    made = make.budget_round(session)
    voter, pot, sydby = made.voters[0].id, made.pots[0].id, made.areas[1].id
    session.rollback()
    refused = []

    def cast():
        try:
            cast_in(app, voter, pot, ["f"])
        except voting.RollChanged as refusal:
            refused.append(refusal)

    box = select(BallotBox).where(BallotBox.pot_id == pot).with_for_update()
    with db.engine.begin() as importing:
        importing.execute(box)
        waiting = threading.Thread(target=cast)
        waiting.start()
        wait_for_a_lock(importing)
        importing.execute(update(Voter).where(Voter.id == voter).values(area_id=sydby))
    waiting.join()
    assert len(refused) == 1
    assert session.scalars(select(Envelope)).all() == []


def wait_for_a_lock(connection):
    """Waits until somebody in this database stands in the queue."""
    waiting = text("select count(*) from pg_locks where not granted")
    for _ in range(200):
        if connection.scalar(waiting):
            return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
