"""Answering a proposal: approve with a cost, or reject with a reason, and publish it all."""

from datetime import UTC, datetime

import pytest

from budgeting.models import OutboxMail, Project, Screening
from budgeting.services import screening
from budgeting.services.screening import Answer, Seen
from budgeting.vocabulary import Phase, Role, ScreeningOutcome
from tests import make
from tests.web.visits import signed_in

FINISH = "/sagsbehandling/nordby-2026/afslut"


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.SCREENING)


@pytest.fixture
def proposal(session, made):
    return make.proposal(session, made)


@pytest.fixture
def caseworker(session):
    return make.account(session, Role.CASEWORKER, name="Torben Sag")


@pytest.fixture
def desk(app, caseworker):
    return signed_in(app, caseworker)


def page_of(proposal):
    return f"/sagsbehandling/nordby-2026/forslag/{proposal.id}"


def test_the_cost_is_filled_in_with_what_was_asked(desk, proposal):
    page = desk.read(page_of(proposal))

    assert page.form().as_it_stands()["cost"] == "24.000"
    assert "Vi står selv for det meste." in page.text


def test_an_approval_is_saved(session, desk, proposal):
    page = desk.read(page_of(proposal))

    after = desk.submit(page, {"outcome": "approved", "cost": "26.500 kr."})

    assert "Svaret på „Gåbus“ er gemt." in after.text
    assert session.get(Screening, proposal.id).cost_oere == 2_650_000


def test_a_rejection_without_reason_is_refused_beside_the_field(desk, proposal):
    page = desk.submit(desk.read(page_of(proposal)), {"outcome": "rejected"}, status=422)

    assert page.errors == ["Skriv en begrundelse. Forslagsstilleren skal kunne forstå afslaget."]
    assert page.link("Skriv en begrundelse.") == "#reason"


def test_an_answer_without_outcome_or_with_a_strange_cost_keeps_what_was_typed(desk, proposal):
    page = desk.submit(
        desk.read(page_of(proposal)), {"cost": "mange penge", "reason": "Fordi"}, status=422
    )

    assert page.errors == [
        "Vælg, om forslaget er godkendt.",
        "Skriv et beløb i kroner, for eksempel 125.000.",
    ]
    assert page.form().as_it_stands()["cost"] == "mange penge"
    assert page.form().as_it_stands()["reason"] == "Fordi"


def test_a_cost_above_the_pot_is_refused(desk, proposal):
    page = desk.submit(
        desk.read(page_of(proposal)), {"outcome": "approved", "cost": "300.001"}, status=422
    )

    assert page.errors == [
        "Puljen er på 300.000 kr., og prisen er højere. Find en lavere pris, eller afvis."
    ]


def test_the_second_of_two_caseworkers_is_told_and_loses_nothing(session, app, desk, proposal):
    mine = desk.read(page_of(proposal))
    colleague = make.account(session, Role.CASEWORKER, name="Karla Kollega", email="k@example.org")
    say(colleague, proposal)

    page = desk.submit(mine, {"outcome": "rejected", "reason": "Grunden er privat."}, status=422)

    assert "En kollega har svaret på forslaget, mens du skrev." in page.errors[0]
    assert "Karla Kollega har svaret: Godkendt." in page.text
    assert page.form().as_it_stands()["reason"] == "Grunden er privat."
    assert session.get(Screening, proposal.id).is_approval

    desk.submit(page)

    session.expire_all()
    assert not session.get(Screening, proposal.id).is_approval


def test_a_proposal_of_another_round_is_not_found(session, desk, made):
    other = make.budget_round(session, Phase.DRAFT, slug="en-anden", voters_in_each_area=0)
    foreign = make.proposal(session, other)

    desk.read(page_of(foreign), status=404)


def test_a_withdrawn_proposal_is_not_found(session, desk, proposal):
    proposal.withdrawn_at = datetime.now(UTC)
    session.commit()

    desk.read(page_of(proposal), status=404)


def test_the_last_page_says_what_happens_and_how_many_projects_each_pot_gets(
    session, caseworker, desk, proposal
):
    say(caseworker, proposal)

    page = desk.read(FINISH)

    rows = [row.get_text(" ", strip=True) for row in page.soup.select("tbody tr")]
    assert rows == ["Puljen Nordby 1", "Puljen Sydby 0"]
    assert "Ingen kan ændre svar, priser eller projekter bagefter." in page.text
    assert "Puljen Sydby får ingen projekter" in page.text


def test_finishing_publishes_projects_and_writes_to_every_proposer(
    session, made, caseworker, desk, proposal
):
    rejected = make.proposal(session, made, title="Guldbænk")
    say(caseworker, proposal)
    say(caseworker, rejected, Answer(ScreeningOutcome.REJECTED, reason="Den er for dyr."))

    page = desk.submit(desk.read(FINISH), button="Afslut vurderingen")

    assert "Vurderingen er afsluttet. Alle svar er offentlige nu." in page.text
    assert [project.title for project in session.query(Project)] == ["Gåbus"]
    mails = {mail.subject: mail.body for mail in session.query(OutboxMail)}
    assert "Den er for dyr." in mails["Svar på dit forslag: Guldbænk"]
    assert "Pris: 24.000\u00a0kr." in mails["Dit forslag er godkendt: Gåbus"]


def test_nothing_is_finished_while_a_proposal_waits(desk, proposal):
    page = desk.read(FINISH)

    assert "1 forslag mangler svar." in page.text
    assert not page.soup.main.find_all("form")


def test_finishing_twice_tells_that_it_is_done(session, caseworker, desk, proposal):
    say(caseworker, proposal)
    page = desk.read(FINISH)
    desk.submit(page, button="Afslut vurderingen")

    again = desk.submit(page, button="Afslut vurderingen")

    assert "Vurderingen er afsluttet, og projekterne er offentliggjort." in again.text
    assert session.query(Project).count() == 1


def say(by, proposal, answer=None):
    screening.answer(
        by=by,
        proposal=proposal,
        answer=answer or Answer(ScreeningOutcome.APPROVED, proposal.amount_oere),
        seen=Seen(proposal.version),
        now=datetime.now(UTC),
    )
