"""While votes are counted a page says how far it is, and what to do where nothing happens."""

from datetime import timedelta

import pytest

from budgeting import clock
from budgeting.models import Count, Job
from budgeting.services import count_orders, counting, jobs, opening_apart
from budgeting.vocabulary import Role
from tests import make, results
from tests.web.visits import signed_in

SHOW = "/admin/runder/nordby-2026/optaelling"
COUNT = f"{SHOW}/taelling"
PROGRESS = f"{SHOW}/taelles"


@pytest.fixture
def made(session):
    return results.voted(session, voters=6)


@pytest.fixture
def admin(app, made):
    return signed_in(app, made.people[Role.ADMIN])


def count(admin):
    return admin.submit(admin.read(COUNT), {"passphrase_0": make.PASSPHRASE})


def late(session, by):
    session.query(Job).one().due_at -= timedelta(seconds=by)
    session.commit()


def test_the_page_says_that_the_votes_wait_to_be_counted(session, admin):
    page = count(admin)

    assert page.heading == "Stemmerne bliver talt op"
    assert "Venter på at blive talt" in page.text
    assert "Ingen er gået i gang" not in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.html
    assert session.query(Count).count() == 0


def test_pressing_again_leads_to_the_same_page(session, admin):
    form = admin.read(COUNT)
    admin.submit(form, {"passphrase_0": make.PASSPHRASE})

    page = admin.submit(form, {"passphrase_0": make.PASSPHRASE})

    assert page.heading == "Stemmerne bliver talt op"
    assert admin.read(COUNT).heading == "Stemmerne bliver talt op"
    assert session.query(Job).count() == 1


def test_where_the_count_stands_leads_to_the_page(admin):
    count(admin)

    page = admin.read(SHOW)

    assert page.heading == "Stemmerne bliver talt op"
    assert page.link("Se, hvor langt vi er") == PROGRESS


def test_it_says_that_no_worker_is_there(session, admin):
    count(admin)
    late(session, 30)

    assert "Ingen er gået i gang med at tælle" in admin.read(PROGRESS).text


def test_when_it_is_counted_the_page_leads_to_the_result(admin):
    count(admin)
    jobs.run_waiting(clock.now())

    page = admin.read(PROGRESS)

    assert page.heading == "Stemmerne er talt op"
    assert "Se resultatet igennem, og offentliggør det" in page.text


def test_an_interrupted_opening_asks_for_the_passphrases_again(session, admin, monkeypatch):
    monkeypatch.setattr(counting, "OPENED_AT_ONCE", 0)
    monkeypatch.setattr(opening_apart, "start", lambda *given: None)
    page = count(admin)
    assert page.heading == "Urnen bliver åbnet"
    assert "0 af 5 kuverter er åbnet" in page.text

    late(session, 120)
    page = admin.read(PROGRESS)
    assert page.heading == "Åbningen blev afbrudt"

    page = admin.read(page.link("Åbn urnen igen"))
    assert page.heading == "Tæl stemmerne"
    assert admin.submit(page, {"passphrase_0": make.PASSPHRASE}).heading == "Urnen bliver åbnet"


def test_before_anything_is_ordered_the_page_leads_to_the_form(admin):
    assert admin.read(PROGRESS).heading == "Tæl stemmerne"


def test_a_count_begun_anew_is_told(session, admin):
    count(admin)
    for _ in range(2):
        count_orders.begin_count(session.query(Job).one().id)

    page = admin.read(PROGRESS)

    assert "Optællingen er begyndt" in page.text
    assert "begyndt forfra" in page.text
