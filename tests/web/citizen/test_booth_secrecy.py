"""Nothing of a choice is left anywhere: not in a log, the cookie, an address, a header, a cache."""

import logging

import pytest
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import text

from budgeting.extensions import db
from budgeting.services import envelopes
from tests.web.citizen.booth import HAND_IN

CANARY = "kanariefugl"


@pytest.fixture
def canary(visitor, session):
    """The first project is called, and known as, something that is easy to find again."""
    project = visitor.made.projects[0]
    project.title, project.ballot_id = "Kanariefuglens hus", CANARY
    session.commit()
    return visitor


def vote(visitor, answers):
    def keep(answer):
        answers.append(answer)
        return answer

    real = visitor.client.open
    visitor.client.open = lambda *given, **named: keep(real(*given, **named))
    visitor.enter()
    visitor.choose(CANARY, "2", "3", "4", status=422)
    check = visitor.choose(CANARY, "2")
    visitor.client.submit(check, button=HAND_IN)
    visitor.client.submit(check, button=HAND_IN)


def test_no_log_record_names_a_choice(canary, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)
    try:
        vote(canary, [])
    finally:
        logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)
    said = "\n".join(record.getMessage() for record in caplog.records if is_ours(record))
    assert CANARY not in said.lower()


def is_ours(record):
    """The database's own echo shows reading the ballot; everything else is ours."""
    return not record.name.startswith("sqlalchemy")


def test_no_statement_to_the_database_carries_a_choice(canary, app):
    sent = []
    with app.app_context():
        from sqlalchemy import event

        def note(connection, cursor, statement, parameters, context, many):
            sent.append(f"{statement} {parameters}")

        event.listen(db.engine, "before_cursor_execute", note)
        vote(canary, [])
        event.remove(db.engine, "before_cursor_execute", note)
    assert sent
    assert not [statement for statement in sent if CANARY in statement.lower()]


def test_no_address_cookie_or_header_names_a_choice(canary, app):
    answers = []
    vote(canary, answers)
    reader = SecureCookieSessionInterface().get_signing_serializer(app)
    for answer in [each for one in answers for each in (*one.history, one)]:
        assert CANARY not in answer.request.url.lower()
        assert CANARY not in str(answer.headers).lower()
        assert answer.headers["Cache-Control"] == "no-store"
    cookie = canary.client.get_cookie("borgerbudget")
    assert CANARY not in str(reader.loads(cookie.value)).lower()


def test_the_session_knows_nothing_about_voting_but_whose_booth_it_is(canary):
    vote(canary, [])
    with canary.client.session_transaction() as cookie:
        ours = {name for name in cookie if name.startswith("booth")}
        others = set(cookie) - ours
    assert ours == {"booth_round", "booth_pass", "booth_seen"}
    assert others <= {"csrf_token", "_flashes", "_fresh"}


def test_nothing_stored_names_a_choice_beside_a_voter(canary, session):
    vote(canary, [])
    for table in (
        "envelope",
        "board_entry",
        "handed_in_form",
        "ballot_box",
        "audit_event",
        "voter",
    ):
        rows = session.execute(text(f"select * from {table}")).all()
        assert CANARY not in str(rows).lower()


def test_a_mistake_of_ours_names_no_choice(canary, monkeypatch, caplog, app):
    def broken(*given, **named):
        raise RuntimeError("the box is jammed")

    canary.enter()
    check = canary.choose(CANARY)
    monkeypatch.setattr(envelopes, "put_in", broken)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    page = canary.client.submit(check, button=HAND_IN, status=500)
    assert CANARY not in page.html.lower()
    assert CANARY not in caplog.text.lower()
