"""Leaving the booth really ends it: a kept copy of the cookie opens nothing, here or elsewhere."""

import pytest
from sqlalchemy import func, select

from budgeting import clock
from budgeting.models import BoothPass
from budgeting.services import sealing_boxes
from budgeting.vocabulary import Phase, Role
from tests import make
from tests.web import visits
from tests.web.citizen.booth import Visitor

LEAVE = "/runder/nordby-2026/stem/forlad"


def copied(client):
    """What somebody has who copied the kiosk's cookie."""
    return client.get_cookie("borgerbudget").value


def lay_back(client, cookie):
    client.set_cookie("borgerbudget", cookie)


def is_open(visitor):
    return visitor.client.get(visitor.address("/puljer")).status_code == 200


def leave(visitor):
    page = visitor.client.read(visitor.address("/puljer"))
    token = page.soup.find("input", {"name": "csrf_token"})["value"]
    assert visitor.client.post(LEAVE, data={"csrf_token": token}).status_code == 302


def passes(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(BoothPass))


@pytest.fixture
def elsewhere(app, made):
    """Another browser."""
    return Visitor(app.test_client(), made)


def test_an_old_cookie_opens_nothing_after_leaving(visitor, session):
    visitor.enter()
    old = copied(visitor.client)
    assert is_open(visitor)
    leave(visitor)

    lay_back(visitor.client, old)

    assert not is_open(visitor)
    assert passes(session) == 0


def test_nothing_is_handed_in_with_an_old_cookie(visitor, session):
    visitor.enter()
    old, page = copied(visitor.client), visitor.choose("1", "2")
    leave(visitor)
    lay_back(visitor.client, old)

    after = visitor.client.submit(page, button="Aflever stemmen")

    assert after.address.endswith("/stem")
    assert "ikke afleveret" in after.soup.get_text() or after.heading.startswith("Stem")


def test_leaving_closes_the_booth_elsewhere_too(visitor, elsewhere):
    visitor.enter()
    elsewhere.enter()
    assert is_open(visitor)

    leave(elsewhere)

    assert not is_open(visitor)


def test_others_stay_in_their_booths(visitor, elsewhere):
    visitor.enter(voter=0)
    elsewhere.enter(voter=1)

    leave(visitor)

    assert is_open(elsewhere)


def test_whoever_comes_after_is_alone_in_the_booth(visitor, session):
    visitor.enter(voter=0)
    old = copied(visitor.client)
    visitor.client.get(visitor.address())
    leave(visitor)
    visitor.enter(voter=1)

    lay_back(visitor.client, old)

    assert not is_open(visitor)
    assert passes(session) == 1


def test_signing_in_and_out_closes_the_booth(app, visitor, session):
    visitor.enter()
    old = copied(visitor.client)
    person = make.account(session, Role.CASEWORKER, email="x@example.org")
    visits.sign_in(visitor.client, person)
    page = visitor.client.read("/konto")
    token = page.soup.find("input", {"name": "csrf_token"})["value"]
    visitor.client.post("/log-ud", data={"csrf_token": token})

    lay_back(visitor.client, old)

    assert not is_open(visitor)


def test_a_booth_that_stood_idle_is_closed_here_and_not_elsewhere(
    app, visitor, elsewhere, session, monkeypatch
):
    visitor.enter()
    elsewhere.enter()
    with visitor.client.session_transaction() as cookie:
        cookie["booth_seen"] -= 60 * app.config["BOOTH_MINUTES"] + 1
    old = copied(visitor.client)

    assert not is_open(visitor)
    lay_back(visitor.client, old)
    assert not is_open(visitor)
    assert is_open(elsewhere)
    assert passes(session) == 1


def test_a_made_up_pass_opens_nothing(visitor):
    visitor.enter()
    with visitor.client.session_transaction() as cookie:
        cookie["booth_pass"] = "opfundet"

    assert not is_open(visitor)


def test_the_cookie_does_not_say_whose_booth_it_is(visitor, made):
    visitor.enter()

    with visitor.client.session_transaction() as cookie:
        assert set(cookie["booth_pass"]) <= set("0123456789abcdef")
        assert made.voters[0].id not in [cookie["booth_pass"], cookie["booth_seen"]]


def test_sealing_closes_every_booth(app, session):
    made = make.budget_round(session, Phase.COUNTING, slug="havnen-2026", officers=3)
    session.add(BoothPass(pass_hash="0" * 64, voter_id=made.voters[0].id))
    session.commit()

    for officer in made.officers[:2]:
        sealing_boxes.confirm(by=officer, budget_round=made.budget_round, now=clock.now())

    assert passes(session) == 0
