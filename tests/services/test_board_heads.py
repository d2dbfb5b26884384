"""The house signs the board as it grows, and never a board that has lost or changed an entry."""

import json
import stat
from datetime import UTC, datetime, timedelta

import pytest

from budgeting.ballotbox import board, board_proofs, signed_heads
from budgeting.models import AuditEvent, BallotBox, BoardEntry, TreeHead
from budgeting.services import board_heads, board_key, counting, voting
from tests import make, results

NOW = datetime.now(UTC).replace(microsecond=0)
LATER = NOW + timedelta(minutes=10)
MUCH_LATER = NOW + timedelta(minutes=20)


def cast(made, *forms):
    for form in forms:
        voting.cast(voter=made.voters[0], pot=made.pots[0], choices=["1"], form_nonce=form, now=NOW)


def heads(session, made):
    session.expire_all()
    found = session.query(TreeHead).filter_by(pot_id=made.pots[0].id)
    return found.order_by(TreeHead.number).all()


def signed(head):
    return signed_heads.verify(
        head.head.encode(), bytes.fromhex(head.signature), board_key.verifying_key()
    )


def test_an_empty_board_gets_no_head_while_the_box_is_open(session):
    make.budget_round(session)

    assert board_heads.publish_due(NOW) == 0


def test_a_board_that_has_grown_gets_a_signed_head(session):
    made = make.budget_round(session)
    cast(made, "a", "b")

    assert board_heads.publish_due(NOW) == 1

    (head,) = heads(session, made)
    entries = [bytes.fromhex(one.entry) for one in session.query(BoardEntry)]
    assert (signed(head).size, signed(head).time, signed(head).pot) == (2, NOW, "Puljen Nordby")
    assert signed(head).root == board.Tree(map(board.leaf_hash, entries)).root()


def test_a_head_comes_at_most_at_each_interval_and_only_when_the_board_has_grown(session):
    made = make.budget_round(session)
    cast(made, "a")
    board_heads.publish_due(NOW)
    cast(made, "b")

    published = [
        board_heads.publish_due(at)
        for at in (NOW + timedelta(minutes=9), LATER, MUCH_LATER, MUCH_LATER)
    ]

    assert published == [0, 1, 0, 0]
    assert [head.size for head in heads(session, made)] == [1, 2]


def test_the_interval_is_a_setting(app, session):
    app.config["BOARD_HEAD_MINUTES"] = 1
    made = make.budget_round(session)
    cast(made, "a")
    board_heads.publish_due(NOW)
    cast(made, "b")

    assert board_heads.publish_due(NOW + timedelta(minutes=1)) == 1


def test_anyone_can_check_that_a_head_only_adds_to_the_one_before(session):
    made = make.budget_round(session)
    cast(made, "a", "b", "c")
    board_heads.publish_due(NOW)
    cast(made, "d", "e")
    board_heads.publish_due(LATER)

    first, second = heads(session, made)

    board_proofs.check_consistency(
        first.size,
        signed(first).root,
        second.size,
        signed(second).root,
        [bytes.fromhex(one) for one in second.consistency],
    )


def test_a_clock_set_back_never_makes_a_head_older_than_the_last(session):
    made = results.voted(session)
    board_heads.publish_due(NOW + timedelta(days=1))

    count(made)

    first, last = heads(session, made)
    assert last.published_at == first.published_at


def count(made):
    counting.count(
        by=made.people[make.Role.ADMIN],
        budget_round=made.budget_round,
        passphrases={0: make.PASSPHRASE},
        now=NOW,
    )


def test_sealing_always_publishes_the_last_head(session):
    made = results.counted(session)

    (head,) = heads(session, made)
    box = session.get(BallotBox, made.pots[0].id)
    assert (signed(head).size, signed(head).root.hex()) == (box.board_size, box.board_root)


def test_a_box_nobody_voted_in_gets_its_last_head_too(session):
    made = results.counted(session, ballots=(), voters=1)

    (head,) = heads(session, made)
    assert (signed(head).size, signed(head).root) == (0, board.EMPTY_ROOT)


def test_a_sealed_box_gets_no_more_heads(session):
    made = results.counted(session)
    session.get(BallotBox, made.pots[0].id).board_size += 1
    session.commit()

    assert board_heads.publish_due(LATER) == 0


def altered(session, entry):
    entry.entry = "00" * 32


def taken_away(session, entry):
    session.delete(entry)


def swapped(session, entry):
    other = session.get(BoardEntry, (entry.pot_id, entry.position + 1))
    entry.entry, other.entry = other.entry, entry.entry


@pytest.mark.parametrize("tampering", [altered, taken_away, swapped])
def test_a_board_that_was_tampered_with_is_never_signed_and_the_log_tells_it_once(
    session, tampering
):
    made = make.budget_round(session)
    cast(made, "a", "b", "c")
    board_heads.publish_due(NOW)
    tampering(session, session.get(BoardEntry, (made.pots[0].id, 0)))
    session.commit()
    cast(made, "d")

    assert [board_heads.publish_due(at) for at in (LATER, MUCH_LATER)] == [0, 0]

    assert len(heads(session, made)) == 1
    (event,) = session.query(AuditEvent).filter_by(deed="board_altered")
    assert json.loads(event.details) == {"pot": "Puljen Nordby"}


def test_an_altered_board_stops_the_count_before_anything_is_opened(session):
    made = results.voted(session)
    board_heads.publish_due(NOW)
    altered(session, session.query(BoardEntry).first())
    session.commit()

    with pytest.raises(board_heads.BoardAltered) as refused:
        count(made)

    assert "Puljen Nordby" in str(refused.value)
    assert made.budget_round.sealed_at is None


def test_an_altered_head_is_noticed_before_another_is_signed(session):
    made = make.budget_round(session)
    cast(made, "a")
    board_heads.publish_due(NOW)
    (head,) = heads(session, made)
    head.signature = "00" * 64
    session.commit()
    cast(made, "b")

    assert board_heads.publish_due(LATER) == 0
    assert len(heads(session, made)) == 1


def test_the_key_is_made_once_in_a_file_that_only_we_may_read(app, session, tmp_path):
    file = tmp_path / "instance" / "board_signing_key"
    app.config.update(BOARD_SIGNING_KEY="", BOARD_SIGNING_KEY_FILE=str(file))

    first, second = board_key.signing_key(), board_key.signing_key()

    assert first == second
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["board_signing_key"]
    assert file.read_text() != board_key.verifying_key().hex()


def test_a_head_signed_with_another_key_is_nobodys_word(app, session):
    made = make.budget_round(session)
    cast(made, "a")
    app.config["BOARD_SIGNING_KEY"] = "aa" * 32
    board_heads.publish_due(NOW)
    app.config["BOARD_SIGNING_KEY"] = "bb" * 32
    cast(made, "b")

    assert board_heads.publish_due(LATER) == 0


@pytest.mark.parametrize("wrong", ["hemmelig", "00" * 31, "zz" * 32])
def test_what_is_no_key_is_refused(app, session, wrong):
    app.config["BOARD_SIGNING_KEY"] = wrong

    with pytest.raises(board_key.NotASigningKey):
        board_key.signing_key()
