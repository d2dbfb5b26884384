"""A lost key for the boards is replaced in the open, and what was signed before stays pinned."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from budgeting.ballotbox import key_changes as notes
from budgeting.ballotbox import signed_heads
from budgeting.extensions import db
from budgeting.models import AuditEvent, BoardEntry, KeyChange, TreeHead
from budgeting.refusals import NotYourDeed
from budgeting.services import board_heads, board_key, boards, bundles, key_changes, voting
from budgeting.verify.checking import Checking, Kept
from budgeting.vocabulary import Role
from tests import make, results

NOW = datetime.now(UTC).replace(microsecond=0)
LATER = NOW + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def key_file(app, tmp_path):
    file = tmp_path / "instance" / "board_signing_key"
    app.config.update(BOARD_SIGNING_KEY="", BOARD_SIGNING_KEY_FILE=str(file))
    return file


@pytest.fixture
def people(session):
    return {
        "by": make.account(session, Role.ADMIN, email="anne@example.org"),
        "other": make.account(session, Role.OFFICER, email="inge@example.org"),
    }


@pytest.fixture
def old_key():
    return board_key.verifying_key()


def cast(made, *forms, pot=0):
    for form in forms:
        voting.cast(
            voter=made.voters[0], pot=made.pots[pot], choices=["1"], form_nonce=form, now=NOW
        )


def heads(made, pot=0):
    db.session.expire_all()
    return boards.heads_of(db.session(), made.pots[pot].id)


def signed_and_lost(session, key_file):
    """A round whose first board has two entries under a head, and one more; the key is gone."""
    made = make.budget_round(session)
    cast(made, "a", "b")
    board_heads.publish_due(NOW)
    cast(made, "c")
    key_file.unlink()
    return made


def test_without_the_old_key_nothing_is_signed_and_the_log_says_why_once(
    session, old_key, key_file
):
    made = signed_and_lost(session, key_file)

    assert [board_heads.publish_due(LATER), board_heads.publish_due(LATER)] == [0, 0]
    (alarm,) = session.query(AuditEvent).filter_by(deed="board_key_unknown")
    assert json.loads(alarm.details) == {"pot": made.pots[0].name}
    assert session.query(AuditEvent).filter_by(deed="board_altered").count() == 0


def test_when_the_old_key_is_found_again_signing_goes_on(session, old_key, key_file):
    kept = key_file.read_text()
    made = signed_and_lost(session, key_file)
    board_heads.publish_due(LATER)
    key_file.write_text(kept)

    assert board_heads.publish_due(LATER) == 1
    assert heads(made)[-1].size == 3


def test_a_new_key_pins_the_last_head_and_signs_all_of_the_board(
    session, old_key, key_file, people
):
    made = signed_and_lost(session, key_file)
    board_heads.publish_due(LATER)
    replaced = key_changes.replace(**people, old_key=old_key, now=LATER)

    assert replaced.new_key == board_key.verifying_key() != old_key
    assert (replaced.pots, replaced.left) == ((made.pots[0].name,), ())
    first, second = heads(made)
    assert (second.size, second.verifying_key) == (3, replaced.new_key.hex())
    kept = session.query(KeyChange).one()
    note = notes.verify(kept.note.encode(), bytes.fromhex(kept.signature))
    assert (note.number, note.size, note.old_key) == (1, 2, old_key)
    assert note.root.hex() == json.loads(first.head)["root"]


def test_the_deed_stands_in_the_log_with_both_people_and_both_keys(
    session, old_key, key_file, people
):
    signed_and_lost(session, key_file)
    replaced = key_changes.replace(**people, old_key=old_key, now=LATER)

    (deed,) = session.query(AuditEvent).filter_by(deed="replace_board_key")
    assert deed.account_id == people["by"].id
    assert json.loads(deed.details) == {
        "account": people["other"].id,
        "old_key": old_key.hex(),
        "new_key": replaced.new_key.hex(),
    }


def test_voting_and_signing_go_on_under_the_new_key(session, old_key, key_file, people):
    made = signed_and_lost(session, key_file)
    key_changes.replace(**people, old_key=old_key, now=LATER)
    cast(made, "d")

    assert board_heads.publish_due(LATER + timedelta(hours=1)) == 1
    assert heads(made)[-1].size == 4


def published(session, key_file, people, old_key):
    """A round whose key was lost in the middle, and all that anybody could keep of it."""
    made = results.voted(session)
    board_heads.publish_due(NOW)
    kept = json.loads(boards.heads_as_json(session(), made.budget_round))
    key_file.unlink()
    with pytest.raises(board_heads.BoardKeyUnknown):
        results.count(made)
    key_changes.replace(**people, old_key=old_key, now=NOW)
    results.count(made)
    results.publish(made)
    return made, {one["pot"]: one["heads"] for one in kept["pots"]}


def test_a_box_is_sealed_counted_and_checked_by_anyone_after_a_change(
    session, old_key, key_file, people
):
    made, kept = published(session, key_file, people, old_key)
    file = bundles.file_of(session(), made.budget_round)
    held = list(Checking(Path(file), Kept(heads=kept)).run())

    (warned,) = [one for one in held if one.is_warning]
    assert (warned.values["old"], warned.values["number"]) == (old_key.hex(), 1)


def test_a_result_that_was_published_before_is_signed_anew_and_holds(
    session, old_key, key_file, people
):
    made = results.published(session)
    bundles.file_of(session(), made.budget_round)
    key_file.unlink()
    key_changes.replace(**people, old_key=old_key, now=LATER)

    held = list(Checking(bundles.file_of(session(), made.budget_round)).run())
    assert [one.is_warning for one in held].count(True) == 1


def test_a_key_that_others_may_have_seen_is_laid_aside_and_replaced(
    session, old_key, key_file, people
):
    made = make.budget_round(session)
    cast(made, "a")
    board_heads.publish_due(NOW)
    replaced = key_changes.replace(**people, old_key=old_key, now=LATER)

    assert replaced.new_key != old_key
    assert len(list(key_file.parent.iterdir())) == 2
    assert heads(made)[-1].verifying_key == replaced.new_key.hex()


def test_a_key_that_is_given_as_a_setting_is_changed_there(app, session, old_key, people):
    made = make.budget_round(session)
    app.config["BOARD_SIGNING_KEY"] = "aa" * 32
    cast(made, "a")
    board_heads.publish_due(NOW)
    given = board_key.verifying_key()

    with pytest.raises(board_key.KeyIsASetting):
        key_changes.replace(**people, old_key=given, now=LATER)
    assert session.query(KeyChange).count() == 0
    app.config["BOARD_SIGNING_KEY"] = "bb" * 32
    assert key_changes.replace(**people, old_key=given, now=LATER).pots


def test_done_again_it_changes_nothing(session, old_key, key_file, people):
    made = signed_and_lost(session, key_file)
    key_changes.replace(**people, old_key=old_key, now=LATER)

    with pytest.raises(key_changes.NothingToReplace):
        key_changes.replace(**people, old_key=old_key, now=LATER)
    assert len(heads(made)) == 2


def test_a_key_that_has_signed_nothing_is_not_replaced(session, old_key, key_file, people):
    signed_and_lost(session, key_file)

    with pytest.raises(key_changes.NothingToReplace):
        key_changes.replace(**people, old_key=b"\x01" * 32, now=LATER)


def test_one_person_is_not_enough(session, old_key, key_file, people):
    signed_and_lost(session, key_file)
    other = make.account(session, Role.COUNCIL, email="bodil@example.org")

    with pytest.raises(key_changes.TwoPeopleNeeded):
        key_changes.replace(by=people["by"], other=people["by"], old_key=old_key, now=LATER)
    with pytest.raises(NotYourDeed):
        key_changes.replace(by=people["by"], other=other, old_key=old_key, now=LATER)
    assert session.query(KeyChange).count() == 0


def cut_back(session, made):
    last = session.query(BoardEntry).order_by(BoardEntry.position.desc()).limit(2)
    for entry in last:
        session.delete(entry)
    box = boards.boards_of(session(), made.budget_round)[0].box
    box.board_size -= 2


def rewritten(session, made):
    session.get(BoardEntry, (made.pots[0].id, 0)).entry = "00" * 32


def head_rewritten(session, made):
    head = session.query(TreeHead).one()
    head.head = head.head.replace('"size":2', '"size":1')


@pytest.mark.parametrize("tamper", [cut_back, rewritten, head_rewritten])
def test_a_board_that_does_not_fit_its_last_head_is_left_and_told(
    session, old_key, key_file, people, tamper
):
    made = signed_and_lost(session, key_file)
    tamper(session, made)
    session.commit()
    replaced = key_changes.replace(**people, old_key=old_key, now=LATER)

    assert (replaced.pots, replaced.left) == ((), (made.pots[0].name,))
    assert session.query(KeyChange).count() == 0
    assert len(heads(made)) == 1
    assert session.query(AuditEvent).filter_by(deed="replace_board_key").count() == 0


def test_a_note_that_another_key_has_signed_opens_nothing(session, old_key, key_file):
    made = signed_and_lost(session, key_file)
    (head,) = heads(made)
    theirs = b"\x07" * 32
    said = json.loads(head.head)
    forged = notes.KeyChange(
        said["round"],
        said["pot"],
        1,
        said["size"],
        bytes.fromhex(said["root"]),
        old_key,
        signed_heads.verifying_key_of(theirs),
        NOW,
    )
    session.add(
        KeyChange(
            pot_id=head.pot_id,
            number=1,
            changed_at=NOW,
            note=forged.to_bytes().decode(),
            signature=notes.sign(forged, theirs).hex(),
        )
    )
    session.commit()

    assert board_heads.publish_due(LATER) == 0
    assert len(heads(made)) == 1
