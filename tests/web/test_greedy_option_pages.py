"""What the options of most votes first ask of proposers and caseworkers, and show to voters."""

import pytest

from budgeting.models import ExclusiveGroup, Proposal, Screening
from budgeting.vocabulary import Phase, Role
from tests import make
from tests.web.citizen.booth import Visitor
from tests.web.visits import signed_in

NEW = "/runder/nordby-2026/forslag/nyt"
GROUPS = "/sagsbehandling/nordby-2026/udelukker"
ONE_POT = (("Nordby", 300_000),)
WRITTEN = {"title": "Shelter", "text": "Til alle.", "amount": "70.000"}
IN_PART, WITH_GROUPS = {"in_part": True}, {"has_groups": True}


def a_round(session, phase, options, **wanted):
    return make.budget_round(session, phase, pots=ONE_POT, options=options, **wanted)


@pytest.fixture
def citizen(session):
    return make.account(session, email="borger@example.org")


@pytest.fixture
def caseworker(session):
    return make.account(session, Role.CASEWORKER, name="Torben Sag")


def test_the_proposer_says_what_the_project_can_do_with(app, session, citizen):
    a_round(session, Phase.PROPOSING, IN_PART)
    client = signed_in(app, citizen)

    check = client.submit(client.read(NEW), WRITTEN | {"least": "45.000"})
    assert "Det mindste beløb 45.000 kr." in check.text
    client.submit(check, button="Send forslaget")

    session.rollback()
    proposal = session.query(Proposal).one()
    assert proposal.least_oere == 4_500_000
    shown = client.read(f"/runder/nordby-2026/forslag/{proposal.id}")
    assert "Kan nøjes med 45.000 kr." in shown.text
    edit = client.read(f"/runder/nordby-2026/forslag/{proposal.id}/ret")
    client.submit(edit, {"least": ""}, button="Gem forslaget")
    session.rollback()
    assert session.query(Proposal).one().least_oere is None


@pytest.mark.parametrize("least", ["70.000", "0", "meget"])
def test_a_least_amount_that_is_none_is_refused_and_kept(app, session, citizen, least):
    a_round(session, Phase.PROPOSING, IN_PART)
    client = signed_in(app, citizen)

    page = client.submit(client.read(NEW), WRITTEN | {"least": least}, status=422)

    assert page.form().as_it_stands()["least"] == least
    assert page.form().as_it_stands()["title"] == "Shelter"
    assert len(page.errors) == 1


def test_nobody_is_asked_where_the_rules_know_of_no_parts(app, session, citizen, caseworker):
    made = a_round(session, Phase.PROPOSING, {})
    proposal = make.proposal(session, made)

    assert "least" not in signed_in(app, citizen).read(NEW).form().names
    desk = signed_in(app, caseworker).read(f"/sagsbehandling/nordby-2026/forslag/{proposal.id}")
    assert "least" not in desk.form().names
    assert "categories" not in desk.form().names


def test_the_caseworker_sees_and_sets_the_least_amount(app, session, caseworker):
    made = a_round(session, Phase.SCREENING, IN_PART)
    proposal = make.proposal(session, made, amount_kr=70_000)
    proposal.least_oere = 4_500_000
    session.commit()
    desk = signed_in(app, caseworker)
    address = f"/sagsbehandling/nordby-2026/forslag/{proposal.id}"

    page = desk.read(address)
    assert page.form().as_it_stands()["least"] == "45.000"
    too_much = {"outcome": "approved", "cost": "60.000", "least": "60.000"}
    page = desk.submit(page, too_much, status=422)
    assert page.form().as_it_stands()["least"] == "60.000"
    desk.submit(page, {"least": "50.000"})

    session.rollback()
    assert session.get(Screening, proposal.id).least_oere == 5_000_000
    assert desk.read(address).form().as_it_stands()["least"] == "50.000"


def test_the_caseworker_says_what_a_cap_is_about(app, session, caseworker):
    made = a_round(session, Phase.DRAFT, {})
    from tests.services import greedy_rounds, test_greedy_options

    made.people[Role.ADMIN] = make.account(session, Role.ADMIN)
    test_greedy_options.cap(made, category="Idræt", limit_kr=50_000)
    made.budget_round.proposing_opens = greedy_rounds.at(made, "proposing_opens", days=-30)
    made.budget_round.proposing_closes = greedy_rounds.at(made, "proposing_closes", days=-30)
    made.budget_round.opened_at = greedy_rounds.clock.now()
    proposal = make.proposal(session, made)
    desk = signed_in(app, caseworker)

    page = desk.read(f"/sagsbehandling/nordby-2026/forslag/{proposal.id}")
    desk.submit(page, {"outcome": "approved", "cost": "26.000", "categories": ["Idræt"]})

    session.rollback()
    assert session.get(Screening, proposal.id).categories == ["Idræt"]


def test_projects_that_exclude_each_other_are_chosen_shown_and_taken_apart(
    app, client, session, caseworker
):
    made = a_round(session, Phase.PRESENTING, WITH_GROUPS)
    desk = signed_in(app, caseworker)
    park, walk = made.projects[2], made.projects[0]

    page = desk.submit(desk.read(GROUPS), {"projects": [str(park.id)]}, status=422)
    assert page.form().as_it_stands()["projects"] == str(park.id)
    page = desk.submit(page, {"projects": [str(park.id), str(walk.id)]}, button="Gem gruppen")
    assert "Højst ét af disse i Puljen Nordby" in page.text

    sentence = "Højst ét af disse projekter kan få penge: „Borgernes park“ og „Gåbus“."
    assert sentence in client.read("/runder/nordby-2026/projekter").text
    assert sentence in client.read("/runder/nordby-2026/projektliste").text
    shown = client.read("/runder/nordby-2026/projekter/1")
    assert "Får et af disse projekter penge, kan „Gåbus“ ikke også få penge: Borgernes park" in (
        shown.text
    )
    page = desk.submit(page, button="Fjern")
    assert "Fjernet." in page.text
    session.rollback()
    assert session.query(ExclusiveGroup).count() == 0


def test_without_groups_in_the_rules_the_page_says_so(app, session, caseworker):
    a_round(session, Phase.PRESENTING, {})

    assert "Det gælder ikke i denne runde" in signed_in(app, caseworker).read(GROUPS).text


def test_the_booth_says_what_excludes_what_and_lets_one_choose_both(client, session):
    made = a_round(session, Phase.VOTING, WITH_GROUPS)
    group = ExclusiveGroup(pot_id=made.pots[0].id, projects=[made.projects[0], made.projects[2]])
    session.add(group)
    session.commit()
    visitor = Visitor(client, made)

    visitor.enter()
    assert "Højst ét af disse projekter kan få penge" in client.read(visitor.address(pot=0)).text
    check = visitor.choose("1", "3")
    assert "Du har valgt „Borgernes park“ og „Gåbus“. Det må du gerne" in check.text
    assert "Det må du gerne" not in visitor.choose("1", "2").text
