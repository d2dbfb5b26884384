"""`flask board-key replace`: two people, the lost key's public half, and a yes."""

import pytest

from budgeting.extensions import db
from budgeting.models import KeyChange
from budgeting.services import board_heads, board_key
from budgeting.vocabulary import Role
from tests import make
from tests.services.test_key_changes import NOW, cast, key_file

__all__ = ["key_file"]
OLD_KEY_IS_LOST = ("--by", "anne@example.org", "--and", "inge@example.org")


@pytest.fixture
def made(session):
    made = make.budget_round(session)
    make.account(session, Role.ADMIN, email="anne@example.org")
    make.account(session, Role.OFFICER, email="inge@example.org")
    cast(made, "a")
    board_heads.publish_due(NOW)
    return made


def run(app, *words, typed="y\n"):
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["board-key", *words], input=typed)


def test_a_lost_key_is_replaced(app, session, made, key_file):
    old = board_key.verifying_key().hex()
    key_file.unlink()
    done = run(app, "replace", "--old", f"{old[:32]} {old[32:]}", *OLD_KEY_IS_LOST)

    assert done.exit_code == 0, done.output
    new = run(app, "show").output.strip()
    assert f"The new key is {new}." in done.output
    assert made.pots[0].name in done.output


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("--old", "aa" * 32, *OLD_KEY_IS_LOST), "n\n", "Aborted"),
        (("--old", "aa" * 32, *OLD_KEY_IS_LOST), "y\n", "ikke skiftet noget"),
        (("--old", "hemmelig", *OLD_KEY_IS_LOST), "y\n", "64 hexadecimal digits"),
        (("--old", "aa" * 32, "--by", "ingen@example.org", "--and", "x@y.org"), "y\n", "Nobody"),
        (
            ("--old", "aa" * 32, "--by", "anne@example.org", "--and", "anne@example.org"),
            "y\n",
            "To forskellige medarbejdere",
        ),
    ],
)
def test_anything_less_changes_nothing(app, session, made, words, typed, told):
    done = run(app, "replace", *words, typed=typed)

    assert done.exit_code == 1
    assert told in done.output
    assert session.query(KeyChange).count() == 0


def test_a_board_that_does_not_fit_makes_the_command_fail(app, session, made, key_file):
    old = board_key.verifying_key().hex()
    session.execute(db.text("update board_entry set entry = :entry"), {"entry": "00" * 32})
    session.commit()
    key_file.unlink()
    done = run(app, "replace", "--old", old, *OLD_KEY_IS_LOST)

    assert done.exit_code == 1
    assert "LEFT AS IT IS" in done.output
