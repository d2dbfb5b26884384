"""Anyone sees the signed heads while people vote, and the whole board once the box is sealed."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from budgeting.ballotbox import board, board_proofs, receipts, signed_heads
from budgeting.extensions import db
from budgeting.models import BoardEntry
from budgeting.services import board_heads, board_key, key_changes, voting
from budgeting.vocabulary import Phase, Role
from tests import make, results

ADDRESS = "/runder/nordby-2026/urnen"
NOW = datetime.now(UTC)


def cast(made, *forms):
    return [
        voting.cast(voter=made.voters[0], pot=made.pots[0], choices=["1"], form_nonce=form, now=NOW)
        for form in forms
    ]


def test_before_anyone_has_voted_the_page_says_what_will_come(client, session):
    make.budget_round(session)

    assert "Der er ingen underskrift endnu" in client.read(ADDRESS).text


def test_the_newest_head_is_shown_with_key_and_rules(client, session):
    made = make.budget_round(session)
    cast(made, "a", "b", "c")
    board_heads.publish_due(NOW)

    page = client.read(ADDRESS)

    shown = page.text.replace(" ", "")
    assert "Kuverterpålisten3" in shown
    assert board_key.verifying_key().hex() in shown


@pytest.mark.parametrize("phase", [Phase.PROPOSING, Phase.PRESENTING])
def test_there_is_no_box_to_see_before_voting(client, session, phase):
    make.budget_round(session, phase)

    assert client.get(ADDRESS).status_code == 403


def test_a_kept_file_of_heads_can_be_checked_without_us(client, session):
    made = make.budget_round(session)
    cast(made, "a")
    board_heads.publish_due(NOW)

    said = json.loads(client.get(f"{ADDRESS}.json").data)

    (one,) = said["pots"][0]["heads"]
    text = json.dumps(one["head"], separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    head = signed_heads.verify(
        text.encode(), bytes.fromhex(one["signature"]), bytes.fromhex(said["key"])
    )
    assert (head.size, head.budget_round) == (1, said["rulebook"])


def test_the_entries_are_public_when_the_box_is_sealed_and_not_before(client, session):
    made = results.voted(session)
    address = f"{ADDRESS}/{made.pots[0].id}.json"
    before = client.get(address).status_code
    results.count(made)

    said = json.loads(client.get(address).data)

    assert before == 404
    tree = board.Tree(board.leaf_hash(bytes.fromhex(one)) for one in said["entries"])
    assert (tree.size, tree.root().hex()) == (5, said["root"])
    assert "Lukket og forseglet" in client.read(ADDRESS).text


def test_another_rounds_board_is_not_found_under_this_address(client, session):
    made = results.counted(session)
    make.budget_round(session, Phase.COUNTING, slug="havnen", voters_in_each_area=0)

    assert client.get(f"/runder/havnen/urnen/{made.pots[0].id}.json").status_code == 404


def test_a_receipt_leads_to_its_place_with_a_proof_that_holds(client, session):
    made = make.budget_round(session)
    receipt = cast(made, "a", "b", "c", "d", "e")[2]
    board_heads.publish_due(NOW)

    page = client.submit(client.read(ADDRESS), {"receipt": receipt.lower()}, button="Find")

    assert "Din kuvert er nr. 3 på listen" in page.text
    proof = [bytes.fromhex(one.get_text()) for one in page.soup.select("details li")]
    entry = session.get(BoardEntry, (made.pots[0].id, 2))
    all_ = session.query(BoardEntry).order_by(BoardEntry.position)
    root = board.Tree(board.leaf_hash(bytes.fromhex(one.entry)) for one in all_).root()
    board_proofs.check_inclusion(board.leaf_hash(bytes.fromhex(entry.entry)), 2, 5, proof, root)


def test_a_board_that_is_not_what_was_signed_gives_no_proof_but_a_warning(client, session):
    made = make.budget_round(session)
    receipts_ = cast(made, "a", "b")
    board_heads.publish_due(NOW)
    session.get(BoardEntry, (made.pots[0].id, 0)).entry = "ab" * 32
    session.commit()

    page = client.submit(client.read(ADDRESS), {"receipt": receipts_[1]}, button="Find", status=422)

    assert "Listen passer ikke til den sidste underskrift" in page.text


def test_the_page_takes_few_queries_however_many_heads_there_are(client, session, app):
    made = make.budget_round(session)
    for minute in range(0, 60, 10):
        cast(made, f"form {minute}")
        board_heads.publish_due(NOW + timedelta(minutes=minute))

    with queries() as asked:
        client.read(ADDRESS)

    assert len(asked) <= 12


@contextmanager
def queries():
    asked = []

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield asked
    event.remove(db.engine, "before_cursor_execute", note)


def test_an_envelope_that_no_head_covers_yet_is_told(client, session):
    made = make.budget_round(session)
    (receipt,) = cast(made, "a")

    page = client.submit(client.read(ADDRESS), {"receipt": receipt}, button="Find")

    assert "Din kuvert er nr. 1" in page.text
    assert "Kommunen har ikke skrevet under på den endnu" in page.text


def test_a_replaced_envelope_gets_the_same_answer(client, session):
    made = make.budget_round(session)
    first, second = cast(made, "a", "b")
    board_heads.publish_due(NOW)

    told = [
        client.submit(client.read(ADDRESS), {"receipt": one}, button="Find").soup.find(
            class_="notice"
        )
        for one in (first, second)
    ]

    assert told[0].get_text().replace("nr. 1", "nr. 2") == told[1].get_text()


def test_a_receipt_nobody_has_is_told(client, session):
    made = make.budget_round(session)
    cast(made, "a")
    stranger = receipts.receipt_of(b"another")

    page = client.submit(client.read(ADDRESS), {"receipt": stranger}, button="Find")

    assert "Vi finder ikke kvitteringen i denne runde" in page.text


def test_what_is_no_receipt_is_refused_and_kept(client, session):
    make.budget_round(session)

    page = client.submit(client.read(ADDRESS), {"receipt": "K7QX"}, button="Find", status=422)

    assert "Du har skrevet 4" in page.text
    assert page.soup.find(id="receipt")["value"] == "K7QX"


def test_the_whole_result_is_offered_when_it_is_published(client, session):
    results.published(session)

    assert client.read(ADDRESS).link("Hent hele resultatet") == "/runder/nordby-2026/resultat.zip"


@pytest.mark.parametrize("page", ["urnen", "hemmelig-stemme", "resultat/tael-selv-efter"])
def test_a_change_of_key_is_told_to_everybody(app, client, session, tmp_path, page):
    key = tmp_path / "board_signing_key"
    app.config.update(BOARD_SIGNING_KEY="", BOARD_SIGNING_KEY_FILE=str(key))
    old = board_key.verifying_key()
    made = results.published(session)
    address = f"/runder/{made.budget_round.slug}/{page}"
    assert "skiftet nøgle" not in client.read(address).text
    key.unlink()
    officer = make.account(session, Role.OFFICER, email="inge@example.org")
    new = key_changes.replace(
        by=made.people[Role.ADMIN], other=officer, old_key=old, now=datetime.now(UTC)
    ).new_key

    shown = client.read(address).text
    assert "Kommunen har skiftet nøgle" in shown
    assert f"{made.pots[0].name}: underskrift nr. 1 er den sidste med den gamle nøgle" in shown
    assert old.hex() in shown.replace(" ", "")
    assert new.hex() in shown.replace(" ", "")
