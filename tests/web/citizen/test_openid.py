"""Into the booth with a real provider on loopback: out, back, and every way to be refused."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from sqlalchemy import func, select

from budgeting import clock
from budgeting.models import Voter
from budgeting.services import openid_journey
from budgeting.vocabulary import Phase, WaysIn
from tests import make, openid_provider

DOOR = "/runder/nordby-2026/stem"
OUT = f"{DOOR}/mitid"
BACK = "/stem/mitid/retur"


@pytest.fixture(scope="module")
def issuer():
    with openid_provider.running() as address:
        yield address


@pytest.fixture
def told(app, issuer, tmp_path):
    """The house has been told of the provider."""
    file = tmp_path / "openid.toml"
    file.write_text(openid_provider.settings_of(issuer))
    app.config["OPENID_FILE"] = str(file)
    openid_journey._kept.clear()
    return file


@pytest.fixture
def made(told, session):
    return make.budget_round(session, Phase.VOTING, ways_in=WaysIn.OPENID)


def question(client):
    """What the house asks the provider."""
    return client.get(OUT).headers["Location"]


def answer(address, sub="nina", **form):
    """What the provider sends the person back with, once they have said who they are."""
    came = requests.post(address, data={"sub": sub, **form}, allow_redirects=False, timeout=10)
    return {
        name: values[0]
        for name, values in parse_qs(urlsplit(came.headers["Location"]).query).items()
    }


def back(client, said, *, status=200):
    return client.read(f"{BACK}?{urlencode(said)}", status=status)


def come_in(client, sub, *, status=200):
    return back(client, answer(question(client), sub), status=status)


def voters(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Voter))


def newest(session):
    session.rollback()
    return session.scalars(select(Voter).order_by(Voter.id.desc())).first()


def test_the_question_has_state_nonce_and_a_challenge(client, made):
    asked = parse_qs(urlsplit(question(client)).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["state"][0]) > 40
    assert len(asked["nonce"][0]) > 40
    assert asked["redirect_uri"][0].endswith(BACK)


def test_somebody_of_the_municipality_comes_in_and_is_put_on_the_roll(client, made, session):
    before = voters(session)

    assert client.read(DOOR).heading.endswith("Stem med MitID")
    assert come_in(client, "nina").address == f"{DOOR}/puljer"

    assert voters(session) == before + 1
    assert newest(session).area.name == "Nordby"


def test_the_same_person_is_the_same_voter_in_any_browser(app, client, made, session):
    come_in(client, "nina")
    before = voters(session)

    come_in(app.test_client(), "nina")

    assert voters(session) == before


def test_nothing_on_the_roll_says_who_it_is(client, made, session):
    come_in(client, "nina")

    kept = newest(session)
    assert "nina" not in f"{kept.roll_number} {kept.pseudonym} {kept.addressee}"


def test_of_a_protected_person_not_even_the_birth_date_is_kept(client, made, session):
    come_in(client, "skjult")

    assert newest(session).birth_date is None


@pytest.mark.parametrize(
    ("sub", "sentence"),
    [
        ("ung", "fyldt 13 år"),
        ("nabo", "en anden kommune"),
        ("uden-alder", "ikke alt"),
        ("sær-alder", "ikke læse svaret"),
        ("uden-kommune", "ikke alt"),
        ("helt-ukendt", "ikke alt"),
    ],
)
def test_who_may_not_vote_is_told_why_and_not_put_on_the_roll(client, made, session, sub, sentence):
    before = voters(session)

    assert sentence in come_in(client, sub, status=403).text
    assert voters(session) == before
    assert client.get(f"{DOOR}/puljer").status_code == 302


def test_an_answer_with_another_state_is_refused(client, made):
    said = answer(question(client))

    back(client, {**said, "state": "en anden"}, status=403)


def test_an_answer_without_state_is_refused(client, made):
    back(client, {"code": answer(question(client))["code"]}, status=403)


def test_an_answer_nobody_asked_for_is_refused(app, client, made):
    said = answer(question(client))

    back(app.test_client(), said, status=403)


def test_an_answer_is_looked_at_once(client, made):
    said = answer(question(client))
    back(client, said)

    back(client, said, status=403)


def test_a_replayed_code_is_refused(client, made):
    used = answer(question(client))
    back(client, used)
    fresh = answer(question(client))

    back(client, {**fresh, "code": used["code"]}, status=403)


def test_a_made_up_code_is_refused(client, made):
    said = answer(question(client))

    back(client, {**said, "code": "opfundet"}, status=403)


def test_a_code_of_another_question_carries_another_nonce(app, client, made):
    stolen = answer(question(app.test_client()))
    mine = answer(question(client))

    back(client, {**mine, "code": stolen["code"]}, status=403)


def test_an_answer_without_code_is_refused(client, made):
    back(client, {"state": answer(question(client))["state"]}, status=403)


def test_another_provider_may_not_answer(client, made):
    said = answer(question(client))

    back(client, {**said, "iss": "https://andre.example.org"}, status=403)


def test_whoever_presses_cancel_is_told_so(client, made):
    state = parse_qs(urlsplit(question(client)).query)["state"][0]

    page = back(client, {"state": state, "error": "access_denied"}, status=403)

    assert "afbrudt" in page.text


def test_whoever_is_away_too_long_begins_again(client, made, monkeypatch):
    said = answer(question(client))
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)

    back(client, said, status=403)


def test_a_provider_that_names_another_issuer_is_refused(client, made, told, issuer):
    told.write_text(openid_provider.settings_of(issuer + "/"))

    client.read(OUT, status=403)


def test_a_provider_that_does_not_answer_is_told_in_words(client, made, told):
    told.write_text(openid_provider.settings_of("http://127.0.0.1:9"))

    assert "svarer ikke" in client.read(OUT, status=403).text


def test_where_no_provider_is_known_the_door_has_no_such_way(client, made, told):
    told.unlink()

    assert client.get(OUT).status_code == 302
    back(client, {"state": "x", "code": "y"}, status=403)


def test_where_codes_stand_beside_it_only_those_on_the_roll_come_in(told, client, session):
    make.budget_round(session, Phase.VOTING, ways_in=WaysIn.CODES_AND_OPENID)
    assert "Log ind med MitID i stedet" in client.read(DOOR).text

    assert "ikke på valglisten" in come_in(client, "nina", status=403).text
    before = voters(session)
    assert come_in(client, "kendt").address == f"{DOOR}/puljer"
    assert voters(session) == before


@pytest.mark.parametrize("ways_in", [WaysIn.CODES, WaysIn.SELF_DECLARED])
def test_a_rulebook_without_it_lets_nobody_in(told, client, session, ways_in):
    make.budget_round(session, Phase.VOTING, ways_in=ways_in)

    assert "ikke stemme på den måde" in come_in(client, "nina", status=403).text


def test_no_code_opens_a_booth_whose_rulebook_has_none(client, made):
    page = client.read(DOOR)

    assert not page.soup.find("input", {"name": "code"})
