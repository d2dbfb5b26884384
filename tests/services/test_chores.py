"""The job worker's turn: a chore that fails is logged without its words, and the rest is done."""

from datetime import UTC, datetime
from types import SimpleNamespace

from budgeting.services import board_heads, chores, voting
from tests import make

NOW = datetime.now(UTC).replace(microsecond=0)


def test_a_chore_that_fails_does_not_keep_the_others_from_being_done(session, monkeypatch, caplog):
    done, person = [], "Åse O'Tarmey"

    def fail(now):
        raise ValueError(person)

    monkeypatch.setattr(
        chores, "CHORES", {"mend": fail, "sweep": done.append, "do what is waiting": lambda now: 0}
    )

    turn = chores.take_turn()

    assert (turn.failed, turn.was_busy) == (("mend",), False)
    assert [type(now) for now in done] == [datetime]
    assert "Could not mend: ValueError" in caplog.text
    assert "in fail" in caplog.text
    assert "Åse" not in caplog.text


def test_a_failing_chore_makes_the_command_end_with_an_error(app, monkeypatch):
    def fail(now):
        raise ValueError

    monkeypatch.setitem(chores.CHORES, "deliver mails", fail)

    answer = app.test_cli_runner().invoke(args=["jobs", "run", "--once"])

    assert answer.exit_code == 1


def test_a_box_that_is_gone_when_its_head_is_to_be_published_gets_none(session, monkeypatch):
    made = make.budget_round(session)
    voter, pot = made.voters[0], made.pots[0]
    voting.cast(voter=voter, pot=pot, choices=["1"], form_nonce="a", now=NOW)
    due = [SimpleNamespace(pot_id=pot.id + 1, board_size=1)]
    monkeypatch.setattr(board_heads, "_due", lambda now: due)

    assert board_heads.publish_due(NOW) == 0
