"""Whatever is done to the log is found, and told at which deed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, text, update

from budgeting.models import AuditEvent
from budgeting.services import audit, audit_check, audit_links, transaction
from budgeting.services.audit_check import Flaw, Kind
from budgeting.services.audit_links import Link, NotALink
from budgeting.timezone import COPENHAGEN
from budgeting.vocabulary import Role
from tests import make

NOW = datetime(2026, 11, 1, 12, 0, 5, 123456, tzinfo=UTC)
DEEDS = 7


@pytest.fixture
def log(session):
    """Seven deeds of one administrator."""
    admin = make.account(session, Role.ADMIN)
    for number in range(DEEDS):
        do(session, admin, number)
    return session


def do(session, admin, number):
    with transaction.deed() as deed:
        audit.record(deed, "keep_roll", by=admin, now=NOW + timedelta(minutes=number), added=number)


def change(session, number, /, **values):
    session.execute(update(AuditEvent).where(AuditEvent.number == number).values(**values))
    session.commit()


def flaw(session, *kept):
    session.expire_all()
    return audit_check.check(session(), kept).flaw


def test_a_log_nobody_touched_holds(log):
    checked = audit_check.check(log(), [audit_links.last_link(log())])

    assert (checked.deeds, checked.kept, checked.flaw) == (DEEDS, 1, None)


def test_an_empty_log_holds(session):
    assert audit_check.check(session(), []).deeds == 0


def test_a_deed_told_on_a_danish_clock_holds(session):
    admin = make.account(session, Role.ADMIN)
    with transaction.deed() as deed:
        audit.record(deed, "create_round", by=admin, now=NOW.astimezone(COPENHAGEN))

    assert flaw(session) is None


@pytest.mark.parametrize(
    "values",
    [
        {"details": '{"added":9}'},
        {"deed": "set_up_round"},
        {"at": NOW},
        {"account_id": None},
        {"link_hash": "ab" * 32},
    ],
    ids=lambda values: next(iter(values)),
)
@pytest.mark.parametrize("number", [2, DEEDS])
def test_an_edited_deed_is_found(log, number, values):
    change(log, number, **values)

    assert flaw(log) == Flaw(number, Kind.ALTERED)


def test_a_deed_moved_to_another_round_is_found(log):
    made = make.budget_round(log)
    change(log, 3, round_id=made.budget_round.id)

    assert flaw(log) == Flaw(3, Kind.ALTERED)


@pytest.mark.parametrize("number", [1, 4])
def test_a_deleted_deed_is_found(log, number):
    log.execute(delete(AuditEvent).where(AuditEvent.number == number))
    log.commit()

    assert flaw(log) == Flaw(number, Kind.TAKEN_OUT)


def test_a_deleted_deed_is_found_though_the_rest_is_renumbered(log):
    log.execute(delete(AuditEvent).where(AuditEvent.number == 4))
    for number in range(5, DEEDS + 1):
        change(log, number, number=number - 1)

    assert flaw(log) == Flaw(4, Kind.ALTERED)


def test_deeds_that_changed_places_are_found(log):
    for old, new in ((3, 99), (4, 3), (99, 4)):
        change(log, old, number=new)

    assert flaw(log) == Flaw(3, Kind.ALTERED)


@pytest.mark.parametrize("number", [0, -5])
def test_a_deed_put_in_before_the_first_is_found(log, number):
    log.execute(
        text(
            "insert into audit_event (number, at, deed, details, link_hash)"
            " select :number, at, deed, details, link_hash from audit_event where number = 1"
        ),
        {"number": number},
    )
    log.commit()

    assert flaw(log) == Flaw(number, Kind.PUT_IN)


def test_a_log_cut_short_is_found_by_a_kept_link(log):
    kept = audit_links.last_link(log())
    log.execute(delete(AuditEvent).where(AuditEvent.number > 5))
    log.commit()

    assert flaw(log) is None
    assert flaw(log, kept) == Flaw(DEEDS, Kind.CUT_SHORT)


def test_a_log_emptied_is_found_by_a_kept_link(log):
    kept = audit_links.last_link(log())
    log.execute(delete(AuditEvent))
    log.commit()

    assert flaw(log, kept) == Flaw(DEEDS, Kind.CUT_SHORT)


def test_a_log_written_anew_with_links_that_fit_is_found_by_a_kept_link(log):
    kept = audit_links.last_link(log())
    log.execute(delete(AuditEvent).where(AuditEvent.number > 5))
    log.commit()
    admin = log.query(make.Account).one()
    for number in (100, 101, 102):
        do(log, admin, number)

    assert flaw(log) is None
    assert flaw(log, kept) == Flaw(DEEDS, Kind.WRITTEN_ANEW)


def test_two_kept_links_that_contradict_each_other_are_found(log):
    kept = audit_links.last_link(log())

    assert flaw(log, kept, Link(DEEDS, "ab" * 32)) == Flaw(DEEDS, Kind.WRITTEN_ANEW)


def test_the_newest_link_is_kept_once_and_read_back(app, log, tmp_path):
    app.config["AUDIT_LINKS_FILE"] = str(tmp_path / "instance" / "links")

    kept = [audit_links.keep_last(NOW) for _ in range(2)]
    do(log, log.query(make.Account).one(), 50)
    kept.append(audit_links.keep_last(NOW))

    assert kept == [True, False, True]
    assert [link.number for link in audit_links.kept_links()] == [DEEDS, DEEDS + 1]


def test_nothing_is_kept_of_an_empty_log(app, session, tmp_path):
    app.config["AUDIT_LINKS_FILE"] = str(tmp_path / "links")

    assert not audit_links.keep_last(NOW)
    assert list(audit_links.kept_links()) == []


@pytest.mark.parametrize("wrong", ["", "17", "17:", "17:abc", "x:" + "ab" * 32, "17:" + "zz" * 32])
def test_what_is_no_link_is_refused(wrong):
    with pytest.raises(NotALink):
        audit_links.parse(wrong)


def test_the_command_says_that_the_log_holds(app, log, tmp_path):
    app.config["AUDIT_LINKS_FILE"] = str(tmp_path / "links")
    audit_links.keep_last(NOW)

    answer = app.test_cli_runner().invoke(args=["audit", "verify"])

    assert (answer.exit_code, answer.output) == (0, "The log holds: 7 deeds, 1 kept links.\n")


def test_the_command_says_at_which_deed_it_does_not(app, log, tmp_path):
    app.config["AUDIT_LINKS_FILE"] = str(tmp_path / "links")
    audit_links.keep_last(NOW)
    log.execute(delete(AuditEvent).where(AuditEvent.number > 5))
    log.commit()

    answer = app.test_cli_runner().invoke(args=["audit", "verify"])

    assert answer.exit_code == 1
    assert "Deed 7 is gone: the log was cut short" in answer.output


def test_a_kept_link_that_cannot_be_read_is_told(app, session):
    answer = app.test_cli_runner().invoke(args=["audit", "verify", "--link", "hej"])

    assert (answer.exit_code, "NUMBER:HASH" in answer.output) == (2, True)


def test_the_jobs_sign_boards_and_keep_the_link(app, log, tmp_path):
    app.config["AUDIT_LINKS_FILE"] = str(tmp_path / "links")

    answer = app.test_cli_runner().invoke(args=["jobs", "run", "--once"])

    assert answer.exit_code == 0, answer.output
    assert [link.number for link in audit_links.kept_links()] == [DEEDS]
    shown = app.test_cli_runner().invoke(args=["audit", "link"]).output.strip()
    assert audit_links.parse(shown) == next(audit_links.kept_links())
