"""Before the box is opened no choice lies anywhere in plain: canaries are chosen, and looked for.

Each project's id is a canary: long, drawn by lot, and found nowhere but where the ballot itself is
kept. What lies in the files once more after the vote than before must not be a canary that somebody
chose, also when the house makes a mistake in the middle of a hand-in.
"""

import logging
import secrets
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import text

from budgeting.extensions import db
from budgeting.models import BallotBox
from budgeting.services import voting
from tests import make
from tests.soak import linkage_files
from tests.web.citizen.booth import HAND_IN, Visitor

CHOSEN, VOTERS = 3, 8


@pytest.fixture
def canaries(session):
    """A round whose projects are known by ids that no other bytes are like."""
    made = make.budget_round(session, voters_in_each_area=VOTERS)
    for project in made.projects:
        project.ballot_id = secrets.token_hex(20)
    session.get(BallotBox, made.pots[0].id).envelope_size = 512
    session.commit()
    return made


def vote(app, made):
    """Everybody with a ballot in the first pot chooses the same canaries, the last one twice."""
    chosen = [project.ballot_id for project in made.projects[:CHOSEN]]
    for number in range(VOTERS):
        visitor = Visitor(app.test_client(), made)
        visitor.enter(number)
        visitor.hand_in(*chosen)
    visitor.hand_in(*chosen)
    return chosen


def times_in(files, marks):
    return {mark: sum(content.count(mark.encode()) for content in files.values()) for mark in marks}


def other_files(app):
    """What lies in the folders for mails and for passing things, by name."""
    folders = [Path(app.config["MAIL_FOLDER"]), Path(tempfile.gettempdir())]
    found = [one for folder in folders if folder.exists() for one in folder.iterdir()]
    return {str(one): linkage_files.read(one) for one in found if one.is_file()}


def test_no_file_of_the_database_knows_what_was_chosen(app, session, canaries):
    marks = [project.ballot_id for project in canaries.projects[:5]]
    before = times_in(linkage_files.copies(session), marks)
    assert min(before.values()) > 0

    chosen = vote(app, canaries)

    after = times_in(linkage_files.copies(session), marks)
    more = {mark: after[mark] - before[mark] for mark in marks}
    assert {more[mark] for mark in chosen} == {more[mark] for mark in set(marks) - set(chosen)}
    assert session.scalar(text("select count(*) from envelope")) == VOTERS


def test_no_log_mail_or_passing_file_knows_what_was_chosen(
    app, session, canaries, caplog, monkeypatch
):
    caplog.set_level(logging.DEBUG)
    chosen = vote(app, canaries)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    page = mistake_in_the_middle(app.test_client(), canaries, chosen)
    ours = [one for one in caplog.records if not one.name.startswith("sqlalchemy")]
    said = "\n".join(logging.Formatter().format(one) for one in ours)
    assert "Traceback" in said
    for canary in chosen:
        assert canary not in said
        assert canary not in page.html
        assert not linkage_files.holding(other_files(app), canary.encode())


def mistake_in_the_middle(client, made, chosen):
    """The table that forms are remembered in is gone: the statement fails with all its values."""
    visitor = Visitor(client, made)
    visitor.enter(0)
    check = visitor.choose(*chosen)
    session = db.session()
    session.execute(text("alter table handed_in_form rename to gone"))
    session.commit()
    try:
        return client.submit(check, button=HAND_IN, status=500)
    finally:
        session.execute(text("alter table gone rename to handed_in_form"))
        session.commit()


def test_a_plain_choice_would_be_found(app, session, canaries, monkeypatch):
    """A careless house that keeps what was chosen beside the form: the look at the files tells."""
    marks = [project.ballot_id for project in canaries.projects[:5]]
    before = times_in(linkage_files.copies(session), marks)
    hand_in = voting.hand_in

    def careless(voter, pot_id, filled, *rest):
        kept = hand_in(voter, pot_id, filled, *rest)
        session = db.session()
        said_plainly = ",".join(filled.choices)
        session.execute(
            text("update budget_round set introduction = introduction || :it"), {"it": said_plainly}
        )
        session.commit()
        return kept

    monkeypatch.setattr(voting, "hand_in", careless)
    chosen = vote(app, canaries)
    after = times_in(linkage_files.copies(session), marks)
    assert all(after[mark] > before[mark] for mark in chosen)
    assert after[marks[-1]] == before[marks[-1]]
