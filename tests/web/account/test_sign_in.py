"""A citizen signs in with a link from the mail."""

from datetime import timedelta

import pytest

from budgeting import clock
from budgeting.services import sign_in_links
from budgeting.vocabulary import Role
from tests import make


def ask_for_link(client, email="aase@example.org", address="/log-ind"):
    return client.submit(client.read(address), {"email": email})


def test_a_new_citizen_signs_in_with_link_and_name(client, session, link):
    make.municipality(session)
    sent = ask_for_link(client, address="/log-ind?next=/mine-forslag")
    landed = client.read(link())

    inside = client.submit(landed, {"name": "Åse O'Tarmey 🌻"}, button="Log ind")

    assert "aase@example.org" in sent.text
    assert inside.address == "/mine-forslag"
    assert "Du er logget ind som Åse O'Tarmey 🌻." in inside.text


def test_a_known_citizen_is_not_asked_for_a_name(client, session, link):
    make.account(session, email="aase@example.org")
    ask_for_link(client, address="/log-ind?next=/mine-forslag")

    landed = client.read(link())

    assert "name" not in landed.form().names
    assert client.submit(landed).address == "/mine-forslag"


def test_opening_the_link_spends_nothing_and_pressing_the_button_does(app, client, session, link):
    make.account(session, email="aase@example.org")
    ask_for_link(client, address="/log-ind?next=/mine-forslag")
    for _ in range(3):
        landed = client.read(link())
    client.submit(landed)

    spent = app.test_client().read(link(), status=410)

    assert spent.heading == "Linket virker ikke"
    assert spent.link("Få et nyt link") == "/log-ind"


def test_an_expired_link_says_so(client, session, link, clock_file):
    make.municipality(session)
    ask_for_link(client)
    clock.set_offset(timedelta(minutes=31))

    assert "for gammelt" in client.read(link(), status=410).text


@pytest.mark.parametrize("token", ["opdigtet", "æøå", "x" * 2000])
def test_a_made_up_link_says_so(client, session, token):
    make.municipality(session)

    assert "kender ikke linket" in client.read(f"/log-ind/link/{token}", status=404).text


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(app, session):
    make.account(session, email="kendt@example.org")
    make.account(session, Role.ADMIN, email="staff@example.org")

    answers = {
        ask_for_link(app.test_client(), address).text.replace(address, "")
        for address in ("kendt@example.org", "staff@example.org", "ukendt@example.org")
    }

    assert len(answers) == 1


def test_too_many_links_are_refused_in_words(client, session):
    make.municipality(session)
    for _ in range(sign_in_links.LINKS_ALLOWED):
        ask_for_link(client)

    refused = client.submit(client.read("/log-ind"), {"email": "aase@example.org"}, status=422)

    assert "Vi har sendt 3 links" in refused.errors[0]


@pytest.mark.parametrize("typed", ["", "aase", "aase@", "a b@c.dk", "a@b.dk, c@d.dk"])
def test_what_is_no_address_is_refused_and_stays(client, session, typed):
    make.municipality(session)

    refused = client.submit(client.read("/log-ind"), {"email": typed}, status=422)

    assert refused.errors
    assert refused.form().as_it_stands()["email"] == typed


def test_a_new_citizen_must_say_a_name(client, session, link):
    make.municipality(session)
    ask_for_link(client)

    refused = client.submit(client.read(link()), {"name": " \t"}, status=422)

    assert refused.errors == ["Skriv dit navn."]
    assert client.read(link())


def test_a_link_never_leads_out_of_the_house(client, session, link):
    make.account(session, email="aase@example.org")
    ask_for_link(client, address="/log-ind?next=//ond.example")

    answer = client.post(link(), data=client.read(link()).form().as_it_stands())

    assert answer.location == "/"


def test_signing_in_leaves_nothing_of_the_session_before(client, session, link):
    make.account(session, email="aase@example.org")
    ask_for_link(client, address="/log-ind?next=/mine-forslag")
    with client.session_transaction() as before:
        before["booth_voter"] = 1

    client.submit(client.read(link()))

    with client.session_transaction() as after:
        assert "booth_voter" not in after
        assert "mailed_to" not in after


def test_the_mail_is_in_the_language_of_the_visitor(client, session, mailed):
    make.municipality(session)
    ask_for_link(client)
    assert "Her er dit link" in mailed()
