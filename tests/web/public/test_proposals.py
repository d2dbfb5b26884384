"""Anyone reads what has been proposed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from budgeting.extensions import db
from budgeting.models import Screening
from budgeting.services.proposal_lists import ON_A_PAGE
from budgeting.vocabulary import Phase, ScreeningOutcome
from tests import make

LIST = "/runder/nordby-2026/forslag"
NOW = datetime.now(UTC)


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.PROPOSING)


def answer(session, proposal, outcome, *, cost_oere=None, reason=""):
    screening = Screening(
        proposal_id=proposal.id,
        caseworker_id=proposal.author_id,
        outcome=outcome,
        cost_oere=cost_oere,
        reason=reason,
        answered_at=NOW,
    )
    session.add(screening)
    session.commit()


def test_an_empty_list_says_how_to_begin(client, made):
    page = client.read(LIST)

    assert "Her er ingen forslag endnu" in page.text
    assert page.link("Skriv et forslag") == f"{LIST}/nyt"


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.DRAFT])
def test_the_list_is_open_in_every_phase(client, session, phase):
    made = make.budget_round(session, phase)
    make.proposal(session, made, title="Bogbytteskab")

    assert "Bogbytteskab" in titles(client.read(LIST))


@pytest.mark.parametrize("phase", [Phase.ANNOUNCED, Phase.PROPOSING, Phase.SCREENING])
def test_an_empty_list_says_what_will_come(client, session, phase):
    make.budget_round(session, phase)

    assert client.read(LIST).soup.find(class_="empty-heading")


def test_the_newest_proposal_stands_first(client, session, made):
    make.proposal(session, made, title="Ældst")
    make.proposal(session, made, title="Nyest")

    assert titles(client.read(LIST)) == ["Nyest", "Ældst"]


def titles(page):
    return [heading.get_text(strip=True) for heading in page.soup.select(".card-heading")]


def test_the_list_is_narrowed_by_area_and_pot(client, session, made):
    make.proposal(session, made, title="I nord", pot=made.pots[0])
    make.proposal(session, made, title="I syd", pot=made.pots[1])

    page = client.read(LIST)
    south = client.submit(page, {"omraade": str(made.areas[1].id)})
    north = client.submit(page, {"pulje": str(made.pots[0].id)})

    assert (titles(south), titles(north)) == (["I syd"], ["I nord"])


@pytest.mark.parametrize(
    "query", ["omraade=x&pulje=%00", "side=-1", "side=0", "side=9999999999", "omraade=²"]
)
def test_an_odd_address_still_shows_a_list(client, session, made, query):
    make.proposal(session, made)

    assert client.read(f"{LIST}?{query}")


def test_a_choice_nothing_fits_leads_back_to_all(client, session, made):
    make.proposal(session, made)

    page = client.read(f"{LIST}?pulje={10**9}")

    assert page.link("Vis alle forslag") == LIST


def test_a_proposals_page_shows_it_escaped_and_without_its_author(client, session, made):
    author = make.account(session, name="Åse Fjordmark", email="aase@example.org")
    proposal = make.proposal(session, made, title="<script>alert(1)</script>", author=author)
    proposal.text = "<img src=x onerror=alert(1)>\n\nHej"
    session.commit()

    page = client.read(f"{LIST}/{proposal.id}")

    assert page.heading == "<script>alert(1)</script>"
    assert "<img src=x onerror=alert(1)>" in page.text
    assert "24.000 kr." in page.text
    assert "Fjordmark" not in page.html
    assert "aase@" not in page.html


def test_a_withdrawn_proposal_is_gone_for_everyone(client, session, made):
    proposal = make.proposal(session, made, title="Fortrudt")
    proposal.withdrawn_at = NOW
    session.commit()

    assert "Fortrudt" not in client.read(LIST).html
    client.read(f"{LIST}/{proposal.id}", status=404)


def test_a_proposal_of_another_round_is_not_found_here(client, session, made):
    other = make.budget_round(session, Phase.PROPOSING, slug="andet", voters_in_each_area=0)
    proposal = make.proposal(session, other)

    client.read(f"{LIST}/{proposal.id}", status=404)


@pytest.fixture
def screened(session):
    made = make.budget_round(session, Phase.SCREENING)
    proposals = [make.proposal(session, made, title=title) for title in ("Gåbus", "Varmestue")]
    answer(session, proposals[0], ScreeningOutcome.APPROVED, cost_oere=31_000_00)
    answer(session, proposals[1], ScreeningOutcome.REJECTED, reason="Kælderen er for våd.")
    return made.budget_round, proposals


def test_no_answer_leaks_before_all_are_ready(client, session, screened):
    _, proposals = screened

    for address in (LIST, *(f"{LIST}/{each.id}" for each in proposals)):
        page = client.read(address)
        assert "Venter på kommunens svar" in page.text
        assert "31.000" not in page.html
        assert "Kælderen er" not in page.html


def test_when_all_are_ready_everyone_reads_cost_and_reason(client, session, screened):
    budget_round, (approved, rejected) = screened
    budget_round.screening_finished_at = NOW
    session.commit()

    assert "Det koster 31.000 kr." in client.read(f"{LIST}/{approved.id}").text
    assert "Kælderen er for våd." in client.read(f"{LIST}/{rejected.id}").text


def test_three_hundred_proposals_are_read_a_page_at_a_time_with_few_queries(client, session, made):
    for number in range(300):
        make.proposal(session, made, title=f"Forslag {number}")
    asked = []
    engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))

    page = client.read(LIST)

    assert page.heading == "300 forslag"
    assert len(titles(page)) == ON_A_PAGE
    assert "Side 1 af 13" in page.text
    assert client.read(page.link("Næste side"))
    assert len(asked) <= 2 * 10, asked
