"""A citizen writes, changes, withdraws and follows proposals."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from budgeting import clock
from budgeting.models import OutboxMail, Proposal, Screening
from budgeting.vocabulary import Phase, Role, ScreeningOutcome
from tests import make
from tests.web import visits

NEW = "/runder/nordby-2026/forslag/nyt"
TITLE = "<b>Gåbus</b> & O'Tarmeys 🚸"
WRITTEN = {"title": TITLE, "text": "Voksne følger børn.\n\nHver dag 🚸", "amount": "24.000,50 kr."}
WITHOUT_CHOICE = (("Nordby", 300_000),)


@pytest.fixture
def visit(app, session):
    """Hands back a client who is signed in as this account."""

    def as_account(account):
        return visits.signed_in(app, account)

    return as_account


@pytest.fixture
def citizen(session):
    return make.account(session, email="borger@example.org")


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.PROPOSING, pots=WITHOUT_CHOICE)


@pytest.fixture
def client(visit, citizen, made):
    return visit(citizen)


def stored(session):
    session.rollback()
    return session.scalars(select(Proposal).order_by(Proposal.id)).all()


def test_a_proposal_is_looked_through_and_sent(client, session, citizen):
    check = client.submit(client.read(NEW), WRITTEN)
    assert "Det er ikke sendt endnu." in check.text
    assert stored(session) == []

    mine = client.submit(check, button="Send forslaget")

    [proposal] = stored(session)
    assert (proposal.title, proposal.amount_oere) == (TITLE, 24_000_50)
    assert proposal.text == "Voksne følger børn.\n\nHver dag 🚸"
    assert (proposal.author, proposal.area.name) == (citizen, "Nordby")
    assert TITLE in mine.text
    assert "Indsendt" in mine.text
    assert "Du kan rette i det indtil" in mine.text


def test_the_proposer_is_thanked_by_mail(client, session):
    client.submit(client.submit(client.read(NEW), WRITTEN), button="Send forslaget")

    mail = session.scalars(select(OutboxMail)).one()
    assert mail.recipient == "borger@example.org"
    assert TITLE in mail.subject
    assert "Du får svar senest" in mail.body


def test_going_back_to_mend_keeps_everything(client):
    check = client.submit(client.read(NEW), WRITTEN)

    again = client.submit(check, button="Ret forslaget")

    kept = again.form().as_it_stands()
    assert {name: kept[name] for name in WRITTEN} == WRITTEN


def test_two_clicks_on_send_make_one_proposal(client, session):
    check = client.submit(client.read(NEW), WRITTEN)

    client.submit(check, button="Send forslaget")
    client.submit(check, button="Send forslaget")

    assert len(stored(session)) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Skriv en titel."),
        ({"title": " \u0001 "}, "Skriv en titel."),
        ({"title": "x" * 101}, "Skriv højst 100 tegn. Der er 1 for meget."),
        ({"text": "\n\n"}, "Skriv, hvad forslaget går ud på."),
        ({"amount": "300.001"}, "Der er 300.000 kr. i puljen."),
        ({"amount": "0"}, "Skriv et beløb, der er større end nul."),
        ({"amount": "-5"}, "Skriv et beløb, der er større end nul."),
        ({"amount": "mange"}, "Skriv et beløb i kroner"),
        ({"amount": "9" * 40}, "Skriv et beløb på højst 10 milliarder"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, session, changes, message):
    refused = client.submit(client.read(NEW), WRITTEN | changes, status=422)

    assert message in refused.errors[0]
    kept = refused.form().as_it_stands()
    typed = (WRITTEN | changes)["amount"]
    assert kept["amount"] == typed
    assert stored(session) == []


def test_signs_no_database_keeps_are_taken_out(client, session):
    typed = WRITTEN | {"text": "Hej\x00 Åse\x07\n\nFarvel", "step": "send"}
    client.post(NEW, data=client.read(NEW).form().as_it_stands() | typed)

    assert stored(session)[0].text == "Hej Åse\n\nFarvel"


def test_a_round_with_one_pot_asks_for_neither_pot_nor_area(client):
    assert {"pot", "area"}.isdisjoint(client.read(NEW).form().names)


def test_where_every_pot_has_its_area_the_pot_decides(visit, citizen, session):
    made = make.budget_round(session, Phase.PROPOSING)
    client = visit(citizen)
    page = client.read(NEW)
    assert "area" not in page.form().names

    check = client.submit(page, WRITTEN | {"pot": str(made.pots[1].id)})

    assert "Sydby" in check.text


@pytest.fixture
def with_common_pot(session):
    made = make.budget_round(session, Phase.PROPOSING)
    made.pots[1].area = None
    session.commit()
    return made


def test_a_pot_for_everyone_lets_the_citizen_choose_the_place(
    visit, citizen, session, with_common_pot
):
    chosen = {"pot": str(with_common_pot.pots[1].id), "area": "all"}
    client = visit(citizen)

    client.submit(client.submit(client.read(NEW), WRITTEN | chosen), button="Send forslaget")

    assert stored(session)[0].area is None


@pytest.mark.parametrize(
    ("area", "message"),
    [("all", "Puljen er kun for Nordby."), ("", "Vælg, hvor"), ("9" * 30, "Vælg et af")],
)
def test_a_local_pot_needs_its_area(visit, citizen, session, with_common_pot, area, message):
    chosen = {"pot": str(with_common_pot.pots[0].id), "area": area}
    client = visit(citizen)

    refused = client.submit(client.read(NEW), WRITTEN | chosen, status=422)

    assert message in refused.errors[0]


@pytest.mark.parametrize("pot", [None, "999", "x", "9" * 30])
def test_a_pot_that_is_none_of_the_rounds_is_refused(visit, citizen, session, with_common_pot, pot):
    client = visit(citizen)

    refused = client.submit(client.read(NEW), WRITTEN | {"pot": pot, "area": "all"}, status=422)

    assert refused.errors


def test_a_proposal_is_changed(client, session, made, citizen):
    proposal = make.proposal(session, made, author=citizen)
    edit = client.read(f"/runder/nordby-2026/forslag/{proposal.id}/ret")

    client.submit(edit, {"title": "Gåbus til skolen"})

    assert stored(session)[0].title == "Gåbus til skolen"


def test_of_two_tabs_the_second_is_told_and_nothing_is_lost(client, session, made, citizen):
    proposal = make.proposal(session, made, author=citizen)
    address = f"/runder/nordby-2026/forslag/{proposal.id}/ret"
    first, second = client.read(address), client.read(address)
    client.submit(first, {"title": "Fra den første fane"})

    told = client.submit(second, {"title": "Fra den anden fane"}, status=422)
    assert "Fra den første fane" in told.text
    assert told.form().as_it_stands()["title"] == "Fra den anden fane"
    assert stored(session)[0].title == "Fra den første fane"

    client.submit(told)
    assert stored(session)[0].title == "Fra den anden fane"


def test_withdrawing_asks_first_and_can_be_undone(client, session, made, citizen):
    proposal = make.proposal(session, made, author=citizen)
    asked = client.read(f"/runder/nordby-2026/forslag/{proposal.id}/traek-tilbage")
    assert not stored(session)[0].is_withdrawn

    mine = client.submit(asked, button="Træk forslaget tilbage")
    assert stored(session)[0].is_withdrawn
    assert "Trukket tilbage" in mine.text

    client.submit(mine, button="Send det ind igen")
    assert not stored(session)[0].is_withdrawn


@pytest.mark.parametrize("deed", ["ret", "traek-tilbage"])
def test_what_another_wrote_is_closed(client, session, made, deed):
    proposal = make.proposal(session, made, author=make.account(session, email="x@example.org"))

    closed = client.read(f"/runder/nordby-2026/forslag/{proposal.id}/{deed}", status=403)

    assert "en anden" in closed.text


@pytest.mark.parametrize("number", ["1000", "2147483648", str(10**30)])
def test_a_proposal_that_is_not_there_is_not_found(client, number):
    client.read(f"/runder/nordby-2026/forslag/{number}/ret", status=404)


def test_a_stranger_is_shown_the_door_in_and_led_back(app, made):
    door = app.test_client().get(NEW)

    assert door.location == "/log-ind?next=/runder/nordby-2026/forslag/nyt"


@pytest.mark.parametrize(
    ("phase", "words"),
    [(Phase.ANNOUNCED, "Du kan skrive forslag fra"), (Phase.SCREENING, "Fristen for forslag var")],
)
def test_before_and_after_its_phase_the_page_is_closed_in_words(
    visit, citizen, session, phase, words
):
    make.budget_round(session, phase)

    assert words in visit(citizen).read(NEW, status=403).text


def test_staff_may_propose_as_any_citizen(visit, session, made):
    assert visit(make.account(session, Role.CASEWORKER)).read(NEW)


def test_the_door_closes_on_the_second(client, made, clock_file):
    left = made.budget_round.proposing_closes - clock.now()
    clock.set_offset(left - timedelta(seconds=5))
    assert client.read(NEW)
    clock.set_offset(left + timedelta(seconds=1))
    assert client.read(NEW, status=403)


def test_my_proposals_say_what_to_do_when_there_are_none(client):
    assert "Du har ikke skrevet noget forslag endnu" in client.read("/mine-forslag").text


@pytest.fixture
def answered(session, citizen):
    """A proposal that has been rejected, in a round that is still being screened."""
    made = make.budget_round(session, Phase.SCREENING, slug="havnen", voters_in_each_area=0)
    proposal = make.proposal(session, made, author=citizen, title="Varmestue")
    session.add(
        Screening(
            proposal_id=proposal.id,
            caseworker_id=citizen.id,
            outcome=ScreeningOutcome.REJECTED,
            reason="Kælderen er for våd.",
            answered_at=clock.now(),
        )
    )
    session.commit()
    return made.budget_round


def test_the_answer_is_hidden_until_the_screening_is_finished(client, session, answered):
    waiting = client.read("/mine-forslag")
    assert "Venter på kommunens svar" in waiting.text
    assert "Kælderen" not in waiting.html

    answered.screening_finished_at = clock.now()
    told = client.read("/mine-forslag")

    assert "Kælderen er for våd." in told.text
    assert "Afvist" in told.text
    assert "Skriv til hjaelp@example.org." in told.text
