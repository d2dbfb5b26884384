"""Signing in is remembered here, so that it can be ended here."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from budgeting.extensions import db
from budgeting.models import Account, SignIn
from budgeting.refusals import Refusal
from budgeting.services import accounts, attempts, post, sign_in_links, sign_ins
from budgeting.vocabulary import Role
from tests import make

NOW = datetime.now(UTC)


@pytest.fixture
def admin(session):
    return make.account(session, Role.ADMIN)


def test_the_cookies_id_finds_the_person_until_it_is_ended(admin):
    token = sign_ins.begin(admin, device="", now=NOW)
    assert sign_ins.find(token, NOW).account.id == admin.id

    sign_ins.end(token)

    assert sign_ins.find(token, NOW) is None


def test_the_database_does_not_hold_what_the_cookie_holds(admin, session):
    token = sign_ins.begin(admin, device="", now=NOW)

    assert token not in str(session.execute(select(SignIn.__table__)).all())


def test_staff_stay_for_a_working_day_and_citizens_longer(admin, session):
    citizen = make.account(session)
    staff_token = sign_ins.begin(admin, device="", now=NOW)
    token = sign_ins.begin(citizen, device="", now=NOW)
    later = NOW + timedelta(hours=12)

    assert sign_ins.find(staff_token, later) is None
    assert sign_ins.find(token, later) is not None


def test_half_a_sign_in_opens_nothing(admin):
    token = sign_ins.begin_half(admin, device="", now=NOW)

    assert sign_ins.find(token, NOW) is None
    assert sign_ins.find_half(token, NOW) is not None
    assert sign_ins.find_half(token, NOW + timedelta(minutes=10)) is None


def test_somebody_elses_sign_in_is_not_mine_to_end(admin, session):
    token = sign_ins.begin(admin, device="", now=NOW)

    sign_ins.end_one(by=make.account(session), sign_in_id=sign_ins.find(token, NOW).id)

    assert sign_ins.find(token, NOW) is not None


def test_another_password_ends_the_other_sign_ins(session):
    admin = accounts.create_staff("a@example.org", "A", [Role.ADMIN], "en lang sætning", now=NOW)
    here = sign_ins.begin(admin, device="", now=NOW)
    there = sign_ins.begin(admin, device="", now=NOW)

    accounts.change_password(
        by=admin,
        old="en lang sætning",
        new="en anden sætning",
        sign_in_id=sign_ins.find(here, NOW).id,
        now=NOW,
    )

    assert sign_ins.find(here, NOW) is not None
    assert sign_ins.find(there, NOW) is None


def test_what_expired_is_swept_away(admin, session):
    sign_ins.begin(admin, device="", now=NOW)
    sign_ins.begin(admin, device="", now=NOW + timedelta(days=2))

    assert session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_many_tries_at_the_same_time_count_as_many(app, session):
    session.commit()
    refused = []

    def guess():
        with app.app_context():
            try:
                attempts.take_one("a@example.org", NOW)
            except attempts.TooManyAttempts:
                refused.append(1)
            db.session.remove()

    together(guess, 12)

    assert len(refused) == 12 - attempts.ALLOWED


def test_two_first_links_of_an_address_opened_at_once_find_the_same_person(app, session):
    session.commit()
    tokens = []

    def with_link(token, name):
        tokens.append(token)
        return post.Letter("", "")

    letters = sign_in_links.Letters(with_link=with_link, to_staff=lambda name: None)
    for _ in range(2):
        sign_in_links.send(email="ny@example.org", next_path="/", letters=letters, now=NOW)
    entries = []
    doors = iter(list(tokens))

    def open_door():
        with app.app_context():
            entry = sign_in_links.enter(token=next(doors), name="Ny Borger", now=NOW)
            entries.append(entry.account.id)
            db.session.remove()

    together(open_door, 2)

    assert len(entries) == 2
    assert len(set(entries)) == 1
    assert session.scalar(select(func.count()).where(Account.email == "ny@example.org")) == 1


def together(do, times):
    """Does it in threads that start at the same moment; a refusal is the doer's own business."""
    start = threading.Barrier(times)
    broken = []

    def run():
        start.wait()
        try:
            do()
        except Refusal:
            raise
        except Exception as error:
            broken.append(error)

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not broken, broken
