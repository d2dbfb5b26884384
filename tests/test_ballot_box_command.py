"""`flask ballot-box`: export here, open there, import here; passphrases are typed, never words."""

import pytest

from budgeting import create_app
from budgeting.models import Count
from budgeting.vocabulary import Role
from tests import make
from tests.services.test_opening_elsewhere import strict


@pytest.fixture
def made(session, tmp_path):
    made = strict(session)
    for number, text in enumerate(made.files):
        (tmp_path / f"{number}.key").write_text(text)
    return made


def run(app, *words, typed=None):
    """Run a command as an operator would, and hand back how it ended."""
    from budgeting.extensions import db

    db.session.commit()
    return app.test_cli_runner().invoke(args=["ballot-box", *map(str, words)], input=typed)


def export(app, made, folder):
    return run(
        app, "export", made.budget_round.slug, folder / "k.zip", "--by", made.officers[0].email
    )


def open_box(app, folder, *numbers, typed, out="aabnet"):
    keys = [word for number in numbers for word in ("--key", folder / f"{number}.key")]
    return run(app, "open", folder / "k.zip", *keys, "--out", folder / out, typed=typed)


@pytest.fixture
def elsewhere(tmp_path):
    """A machine that has nothing of the platform: its database does not even exist."""
    return create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "the-secret-of-another-machine",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'nowhere' / 'no.sqlite'}",
        }
    )


def test_out_there_and_home_again(app, session, made, elsewhere, tmp_path):
    assert export(app, made, tmp_path).exit_code == 0

    typed = f"{make.PASSPHRASE}\n{make.PASSPHRASE}\n"
    there = open_box(elsewhere, tmp_path, 0, 2, typed=typed)
    assert there.exit_code == 0, there.output
    assert "5 envelopes, 5 ballots, 0 invalid" in there.output
    assert make.PASSPHRASE not in there.output

    home = run(app, "import", tmp_path / "aabnet", "--by", made.officers[1].email)
    assert home.exit_code == 0, home.output
    fingerprint = there.output.rstrip().rpartition(" ")[2]
    assert home.output.rstrip().endswith(fingerprint)
    session.rollback()
    assert session.query(Count).one().ballots_valid == 5


def test_a_slip_of_the_finger_is_asked_again(app, made, elsewhere, tmp_path):
    export(app, made, tmp_path)

    typed = f"forkert\n{make.PASSPHRASE}\n{make.PASSPHRASE}\n"
    there = open_box(elsewhere, tmp_path, 0, 1, typed=typed)

    assert there.exit_code == 0
    assert "passer ikke" in there.output


def test_nothing_that_lies_there_is_written_over(app, made, elsewhere, tmp_path):
    export(app, made, tmp_path)
    assert export(app, made, tmp_path).exit_code == 1
    (tmp_path / "aabnet").write_text("noget andet")

    typed = f"{make.PASSPHRASE}\n{make.PASSPHRASE}\n"
    assert open_box(elsewhere, tmp_path, 0, 1, typed=typed).exit_code == 1
    assert (tmp_path / "aabnet").read_text() == "noget andet"


def test_what_comes_out_is_for_its_owner_alone(app, made, elsewhere, tmp_path):
    export(app, made, tmp_path)
    open_box(elsewhere, tmp_path, 0, 1, typed=f"{make.PASSPHRASE}\n{make.PASSPHRASE}\n")

    assert (tmp_path / "aabnet").stat().st_mode & 0o077 == 0
    assert (tmp_path / "k.zip").stat().st_mode & 0o077 == 0


def test_one_key_is_told_to_be_too_few(app, made, elsewhere, tmp_path):
    export(app, made, tmp_path)

    refused = open_box(elsewhere, tmp_path, 1, typed=f"{make.PASSPHRASE}\n")

    assert refused.exit_code == 1
    assert "2 nøgler" in refused.output
    assert not (tmp_path / "aabnet").exists()


@pytest.mark.parametrize("wrong", ["", "hej", "BBK1"])
def test_a_file_that_is_no_key_is_refused(app, made, elsewhere, tmp_path, wrong):
    export(app, made, tmp_path)
    (tmp_path / "0.key").write_text(wrong)

    assert open_box(elsewhere, tmp_path, 0, 1, typed="x\n").exit_code == 1


def test_whoever_may_not_hand_out_leaves_no_file(app, session, made, tmp_path):
    other = make.account(session, Role.COUNCIL, email="raad@example.org")

    words = ("export", made.budget_round.slug, tmp_path / "k.zip", "--by", other.email)
    assert run(app, *words).exit_code == 1
    assert not (tmp_path / "k.zip").exists()


@pytest.mark.parametrize("words", [("export", "ukendt", "k.zip"), ("import", "k.zip")])
def test_an_unknown_round_or_person_is_told(app, made, tmp_path, words):
    (tmp_path / "k.zip").write_bytes(b"{}")
    words = [tmp_path / word if word == "k.zip" else word for word in words]

    assert run(app, *words, "--by", "ingen@example.org").exit_code == 1
