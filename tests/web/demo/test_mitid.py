"""The demo's stand-in for MitID, as a newcomer meets it: out from the door, in as whoever one likes."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from budgeting.models import BudgetRound, Voter
from budgeting.services import openid_journey

DOOR = "/runder/boern-og-voksne/stem"
PLACE = "/demo/mitid"


@pytest.fixture
def client(open_demo):
    openid_journey._kept.clear()
    return open_demo.test_client()


def depart(client):
    """Leave the door for the page where one says who one is; hands back its address."""
    address = urlsplit(client.get(f"{DOOR}/mitid").headers["Location"])
    return f"{address.path}?{address.query}"


def answer(client, key):
    back = urlsplit(say(client, key, depart(client)).headers["Location"])
    return f"{back.path}?{back.query}"


def say(client, key, address, **changed):
    """Press the button of a person, with the address as the page has it or somewhat changed."""
    form = client.read(address).soup.select_one("form.post-button")
    token = form.find("input", {"name": "csrf_token"})["value"]
    place = urlsplit(form["action"]).path.rpartition("/")[0]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    return client.post(f"{place}/{key}", query_string=asked | changed, data={"csrf_token": token})


def test_the_page_says_clearly_that_it_is_not_mitid(client):
    page = client.read(depart(client))

    assert "Det her er ikke MitID" in page.text
    assert len(page.soup.select("form.post-button")) >= 9


@pytest.mark.parametrize("key", ["alma", "birger", "carla", "ditlev", "elif", "skjult"])
def test_whoever_is_on_the_roll_comes_into_the_booth(client, key):
    assert client.read(answer(client, key)).address.startswith(f"{DOOR}/pulje")


@pytest.mark.parametrize(
    ("key", "sentence"),
    [("finn", "ikke på valglisten"), ("gry", "fyldt 10 år"), ("halvdan", "en anden kommune")],
)
def test_whoever_may_not_vote_is_told_why(client, key, sentence):
    assert sentence in client.read(answer(client, key), status=403).text


def test_whoever_cancels_comes_back_to_the_door(client):
    link = client.read(depart(client)).soup.find("a", string="Fortryd, og gå tilbage")["href"]

    back = urlsplit(link)
    assert "afbrudt" in client.read(f"{back.path}?{back.query}", status=403).text


def test_nobody_new_comes_on_the_roll(open_demo, client):
    with open_demo.app_context():
        before = count_voters()
        client.read(answer(client, "birger"))
        assert count_voters() == before


def count_voters():
    from budgeting.extensions import db

    db.session.rollback()
    found = select(func.count()).select_from(Voter).join(BudgetRound)
    return db.session.scalar(found.where(BudgetRound.slug == "boern-og-voksne"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client_id", "en-anden"),
        ("redirect_uri", "https://andre.example.org/retur"),
        ("response_type", "token"),
        ("code_challenge_method", "plain"),
        ("code_challenge", ""),
        ("nonce", ""),
        ("state", ""),
    ],
)
def test_a_question_from_elsewhere_is_not_answered(client, name, value):
    path, query = depart(client).split("?")
    asked = {one: values[0] for one, values in parse_qs(query).items()}

    assert client.get(path, query_string=asked).status_code == 200
    assert client.get(path, query_string=asked | {name: value}).status_code == 404
    assert say(client, "alma", f"{path}?{query}", **{name: value}).status_code == 404


def test_somebody_unknown_cannot_be_chosen(client):
    assert say(client, "kongen", depart(client)).status_code == 404


@pytest.mark.parametrize("wrong", [{"code": "opfundet"}, {"code_verifier": "en-anden"}])
def test_a_code_is_worth_nothing_to_others(client, wrong):
    back = parse_qs(urlsplit(answer(client, "alma")).query)
    form = {"code": back["code"][0], "code_verifier": "ukendt", **wrong}

    refused = client.post(f"{PLACE}/token", data=form, auth=("borgerbudget", "kun til demoen"))

    assert refused.status_code == 400


def test_one_round_has_three_officers_whose_ceremony_can_be_walked(open_demo, client):
    """Two seal and two open, as the demo's page says; the others keep one officer."""
    from budgeting.demo.secrets_shown import PASSPHRASE
    from budgeting.extensions import db
    from budgeting.models import Account, Count, OfficerKey
    from budgeting.services import counting, sealing_boxes

    with open_demo.app_context():
        rounds = db.session.query(BudgetRound).all()
        assert sorted(one.officers for one in rounds) == [1, 1, 1, 1, 1, 1, 1, 3]
        found = next(one for one in rounds if one.officers == 3)
        people = [db.session.get(Account, key.account_id) for key in keys_of(OfficerKey, found)]
        after = found.voting_closes + timedelta(minutes=1)
        for officer in people[:2]:
            sealing_boxes.confirm(by=officer, budget_round=found, now=after)
        passphrases = {1: PASSPHRASE, 2: PASSPHRASE}
        counting.count(by=people[1], budget_round=found, passphrases=passphrases, now=after)
        assert db.session.query(Count).filter(Count.ballots_valid > 0).count() == 4
    assert "tre nøglepersoner" in client.read("/demo/").text


def keys_of(model, budget_round):
    from budgeting.extensions import db

    found = db.session.query(model).filter_by(round_id=budget_round.id)
    return found.order_by(model.number).all()
