"""Marking a vote on paper: the administrator's page, and what the voter sees afterwards."""

import pytest

from budgeting.vocabulary import PaperVotes, Role
from tests import make
from tests.web.citizen.booth import Visitor
from tests.web.visits import signed_in


@pytest.fixture
def made(session):
    return make.budget_round(session, paper_votes=PaperVotes.REPLACES)


@pytest.fixture
def desk(app, session, made):
    return signed_in(app, make.account(session, Role.ADMIN))


def address(made):
    return f"/admin/runder/{made.budget_round.slug}/papirstemmer"


def send(desk, made, number, status=200):
    page = desk.read(address(made))
    sent = {"roll_number": number, "pot": str(made.pots[0].id)}
    return desk.submit(page, sent, button="Kryds af", status=status)


def test_a_voter_is_marked_and_is_told_in_the_booth(client, desk, made):
    voter = Visitor(client, made)
    voter.enter()
    voter.hand_in("1")
    assert "krydset af" in send(desk, made, made.voters[0].roll_number).text
    assert "Stemt på papir" in client.read(voter.address("/puljer")).text
    assert client.read(voter.address(pot=0), status=409).heading == "Du har stemt på papir"


def test_a_ballot_under_way_is_refused_in_plain_words(client, desk, made):
    voter = Visitor(client, made)
    voter.enter()
    ready = voter.choose("1")
    send(desk, made, made.voters[0].roll_number)
    page = client.submit(ready, button="Aflever stemmen", status=409)
    assert "er ikke afleveret" in page.text


@pytest.mark.parametrize("number", ["", "9999"])
def test_a_number_that_is_not_there_is_refused_beside_its_field(desk, made, number):
    assert send(desk, made, number, status=422).errors


def test_a_voter_marked_before_is_refused(desk, made):
    send(desk, made, made.voters[0].roll_number)
    assert "allerede krydset af" in send(desk, made, made.voters[0].roll_number, 422).text


def test_a_round_without_paper_says_so(app, session):
    made = make.budget_round(session)
    desk = signed_in(app, make.account(session, Role.ADMIN))
    assert "kan man ikke stemme på papir" in desk.read(address(made)).text
