"""Staff sign in with a real provider on loopback, and show there again who they are."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from sqlalchemy import select, update

from budgeting import clock
from budgeting.models import SignIn
from budgeting.services import openid_journey
from budgeting.vocabulary import Phase, Role
from tests import make, openid_provider
from tests.web import visits

DOOR = "/log-ind/medarbejder"
OUT = f"{DOOR}/faelles"
BACK = f"{DOOR}/retur"
ANEW = "/konto/bekraeft"
OPEN = "/admin/runder/nordby-2026/aabn"


@pytest.fixture(scope="module")
def issuer():
    with openid_provider.running() as address:
        yield address


@pytest.fixture
def merete(app, issuer, tmp_path, session):
    """An invited administrator without a password, in a house that trusts the provider."""
    file = tmp_path / "staff_openid.toml"
    file.write_text(openid_provider.staff_settings_of(issuer))
    app.config["STAFF_OPENID_FILE"] = str(file)
    openid_journey._kept.clear()
    return make.account(session, Role.ADMIN, name="Merete", email="admin@example.org")


def asked(client, out=OUT):
    return client.get(out).headers["Location"]


def answer(address, sub):
    came = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
    said = parse_qs(urlsplit(came.headers["Location"]).query)
    return {name: values[0] for name, values in said.items()}


def back(client, said, *, status=200):
    return client.read(f"{BACK}?{urlencode(said)}", status=status)


def come_in(client, sub, *, out=OUT, status=200):
    return back(client, answer(asked(client, out), sub), status=status)


def test_the_door_shows_both_ways(client, merete):
    assert "Log ind med Prøvebys login" in client.read(DOOR).text


def test_an_invited_administrator_comes_in_without_a_password(client, merete):
    page = come_in(client, "merete", out=f"{OUT}?next=/admin/runder")

    assert page.address == "/admin/runder"
    assert client.get("/byraad/").status_code == 403


@pytest.mark.parametrize(
    ("sub", "sentence"),
    [
        ("gæst", "ikke inviteret"),
        ("borger", "ikke inviteret"),
        ("kun-kode", "ikke to trin"),
        ("påstår", "bekræfte din mailadresse"),
    ],
)
def test_who_does_not_come_in_is_told_why(client, merete, session, sub, sentence):
    make.account(session, email="borger@example.org")

    assert sentence in come_in(client, sub, status=403).text
    assert session.scalars(select(SignIn)).all() == []


def test_an_address_handed_on_opens_nothing(app, client, merete):
    come_in(client, "merete")

    assert "hører til en anden" in come_in(app.test_client(), "navnebror", status=403).text


def test_the_session_is_listed_and_ended_as_the_others(app, client, merete):
    come_in(client, "merete")
    other = app.test_client()
    come_in(other, "merete")

    client.submit(client.read("/konto"))

    assert client.get("/admin/runder").status_code == 200
    assert other.get("/admin/runder").status_code == 302


def test_an_answer_is_looked_at_once(app, client, merete):
    said = answer(asked(client), "merete")
    back(app.test_client(), said, status=403)
    back(client, {**said, "state": "en anden"}, status=403)
    back(client, said, status=403)


def test_a_voters_answer_does_not_sign_staff_in(app, client, merete, issuer, tmp_path, session):
    make.budget_round(session, Phase.VOTING, ways_in="openid")
    file = tmp_path / "openid.toml"
    file.write_text(openid_provider.settings_of(issuer))
    app.config["OPENID_FILE"] = str(file)
    said = answer(asked(client, "/runder/nordby-2026/stem/mitid"), "merete")

    back(client, said, status=403)


def test_without_a_file_there_is_no_such_way(app, client, merete):
    app.config["STAFF_OPENID_FILE"] = "/nowhere"

    assert client.get(OUT).status_code == 404
    assert "Prøvebys" not in client.read(DOOR).text


def test_whoever_is_asked_anew_must_show_it(client, merete):
    come_in(client, "merete")

    question = parse_qs(urlsplit(asked(client, ANEW)).query)
    assert (question["prompt"], question["max_age"]) == (["login"], ["0"])
    assert question["acr_values"] == ["to-trin"]


@pytest.fixture
def stale(app, client, merete, session):
    """The administrator came in with the provider eleven minutes ago; a round waits to be opened."""
    app.config["REAUTHENTICATION_MINUTES"] = 10
    made = make.budget_round(session, Phase.DRAFT)
    come_in(client, "merete")
    session.execute(update(SignIn).values(confirmed_at=clock.now() - timedelta(minutes=11)))
    session.commit()
    return made.budget_round


def test_a_deed_that_cannot_be_undone_waits_until_it_is_shown(client, stale, session):
    page = client.submit(client.read(OPEN), status=403)
    assert "Vis med Prøvebys login" in page.text
    assert not page.soup.find("input", {"name": "confirm_proof"})
    again = client.submit(page, status=403)
    session.refresh(stale)
    assert stale.opened_at is None

    come_in(client, "merete", out=ANEW)
    client.submit(again)

    session.refresh(stale)
    assert stale.opened_at is not None


def test_somebody_else_showing_it_is_not_enough(client, stale, session):
    make.account(session, Role.COUNCIL, name="Ib", email="ingen@example.org")

    assert "hører til en anden" in come_in(client, "gæst", out=ANEW, status=403).text
    client.submit(client.read(OPEN), status=403)


def test_a_sign_in_of_long_ago_elsewhere_does_not_count_as_just_now(app, client, merete, session):
    app.config["REAUTHENTICATION_MINUTES"] = 10
    visits.sign_in(client, merete)
    with client.session_transaction() as cookie:
        cookie.clear()
    come_in(client, "merete")
    here = session.scalars(select(SignIn).order_by(SignIn.id.desc())).first()

    assert here.confirmed_at <= clock.now()
