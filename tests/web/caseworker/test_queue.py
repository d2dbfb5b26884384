"""The caseworkers' desk: what waits, what is answered, and by whom."""

from datetime import UTC, datetime, timedelta

import pytest

from budgeting.services import screening
from budgeting.services.screening import Answer, Seen
from budgeting.vocabulary import Phase, Role, ScreeningOutcome
from tests import make
from tests.web.visits import signed_in

QUEUE = "/sagsbehandling/nordby-2026"


@pytest.fixture
def caseworker(session):
    return make.account(session, Role.CASEWORKER, name="Torben Sag")


@pytest.fixture
def desk(app, caseworker):
    return signed_in(app, caseworker)


def approve(by, proposal):
    screening.answer(
        by=by,
        proposal=proposal,
        answer=Answer(ScreeningOutcome.APPROVED, proposal.amount_oere),
        seen=Seen(proposal.version),
        now=datetime.now(UTC),
    )


def test_the_desk_lists_rounds_with_what_waits(session, desk):
    made = make.budget_round(session, Phase.SCREENING)
    make.proposal(session, made)

    page = desk.read("/sagsbehandling/")

    cells = [cell.get_text(strip=True) for cell in page.soup.select("tbody td")]
    assert cells[:3] == ["Vurdering", "1", "1"]


def test_a_desk_without_rounds_says_what_will_come(desk):
    assert "Ingen runder endnu" in desk.read("/sagsbehandling/").text


def test_the_queue_says_how_many_wait_and_until_when(session, desk):
    made = make.budget_round(session, Phase.SCREENING)
    make.proposal(session, made)
    make.proposal(session, made, title="Bænke")

    page = desk.read(QUEUE)

    assert page.heading == "2 forslag venter på svar"
    assert "Svar senest" in page.text


def test_the_oldest_proposal_comes_first(session, desk):
    made = make.budget_round(session, Phase.SCREENING)
    make.proposal(session, made, title="Den nye")
    old = make.proposal(session, made, title="Den gamle")
    old.submitted_at -= timedelta(days=3)
    session.commit()

    titles = [head.get_text(strip=True) for head in desk.read(QUEUE).soup.select("tbody th")]

    assert titles == ["Den gamle", "Den nye"]


def test_an_empty_queue_says_what_will_come(session, desk):
    make.budget_round(session, Phase.PROPOSING)

    page = desk.read(QUEUE)

    assert page.heading == "Der er ingen forslag endnu"
    assert "det ældste først" in page.text


def test_an_answered_proposal_stands_under_whoever_answered(session, caseworker, desk):
    made = make.budget_round(session, Phase.SCREENING)
    approve(caseworker, make.proposal(session, made))

    page = desk.read(QUEUE)

    assert page.heading == "Alle forslag har fået svar"
    assert "Torben Sag" in page.text
    assert page.link("Afslut vurderingen") == f"{QUEUE}/afslut"


def test_a_proposal_rewritten_after_its_answer_waits_again(session, caseworker, desk):
    made = make.budget_round(session, Phase.PROPOSING)
    proposal = make.proposal(session, made)
    approve(caseworker, proposal)
    proposal.changed_at = datetime.now(UTC) + timedelta(seconds=1)
    session.commit()

    page = desk.read(QUEUE)

    assert page.heading == "1 forslag venter på svar"
    assert "Rettet efter svaret" in page.text


def test_a_late_queue_says_that_citizens_wait(session, desk):
    made = make.budget_round(session, Phase.SCREENING)
    made.budget_round.presenting_opens = datetime.now(UTC) - timedelta(days=1)
    session.commit()

    assert "Borgerne venter på projekterne." in desk.read(QUEUE).text


def test_nothing_waits_once_the_screening_is_finished(session, desk):
    make.budget_round(session, Phase.VOTING)

    cells = [c.get_text(strip=True) for c in desk.read("/sagsbehandling/").soup.select("tbody td")]

    assert cells[2:] == ["0", "Afsluttet"]
    assert desk.read(QUEUE).heading == "Alle forslag har fået svar"


def test_an_administrator_may_look_but_not_answer(session, app):
    made = make.budget_round(session, Phase.SCREENING)
    proposal = make.proposal(session, made)
    office = signed_in(app, make.account(session, Role.ADMIN))

    assert "Gåbus" in office.read(QUEUE).text
    assert "Gåbus" not in office.read(QUEUE).link_texts()
    office.read(f"{QUEUE}/forslag/{proposal.id}", status=403)


def test_a_citizen_has_no_business_at_the_desk(session, app):
    make.budget_round(session, Phase.SCREENING)

    signed_in(app, make.account(session)).read(QUEUE, status=403)
