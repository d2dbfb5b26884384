"""The administrator's page of the count: silent before closing, the officer's passphrase, publish."""

import pytest

from budgeting import clock
from budgeting.models import Count
from budgeting.services import jobs
from budgeting.vocabulary import Phase, Role
from tests import make, results
from tests.web.visits import signed_in

SHOW = "/admin/runder/nordby-2026/optaelling"
COUNT = f"{SHOW}/taelling"
PUBLISH = f"{SHOW}/offentliggoer"


def office(app, made, role=Role.ADMIN):
    return signed_in(app, made.people[role])


@pytest.mark.parametrize("phase", [Phase.PRESENTING, Phase.VOTING])
def test_before_closing_the_page_says_nothing_about_votes(app, session, phase):
    make.budget_round(session, phase)
    admin = signed_in(app, make.account(session, Role.ADMIN))

    page = admin.read(SHOW)

    assert page.heading == "Stemmerne kan ikke tælles endnu"
    assert "valglisten" not in page.text
    admin.read(COUNT, status=403)


def test_after_closing_the_turnout_is_a_number_and_nothing_more(app, session):
    made = results.voted(session, voters=20)

    page = office(app, made).read(SHOW)

    assert "5 af 20 på valglisten stemte" in page.text
    assert "Gåbus" not in page.text


def test_the_officers_passphrase_opens_the_box(app, session):
    made = results.voted(session)
    admin = office(app, made)

    page = admin.submit(admin.read(COUNT), {"passphrase_0": make.PASSPHRASE})
    assert page.heading == "Stemmerne bliver talt op"
    jobs.run_waiting(clock.now())
    page = admin.read(page.link("Se, hvor langt vi er"))

    assert page.heading == "Stemmerne er talt op"
    assert "Hvorfor: Fik 3 stemmer" in page.text
    assert session.query(Count).count() == 1


def test_a_wrong_passphrase_is_refused_and_never_shown(app, session):
    made = results.voted(session)
    admin = office(app, made)

    page = admin.submit(admin.read(COUNT), {"passphrase_0": "hemmeligt men forkert"}, status=422)

    assert page.errors == [
        "Adgangssætningen passer ikke til nøglen. Prøv igen; der er ikke sket noget."
    ]
    assert "hemmeligt men forkert" not in page.html
    assert session.query(Count).count() == 0


def test_an_empty_passphrase_is_asked_for(app, session):
    admin = office(app, results.voted(session))

    page = admin.submit(admin.read(COUNT), {"passphrase_0": ""}, status=422)

    assert page.errors == ["Skriv adgangssætningen til nøglen."]


def test_the_page_names_who_must_type_it(app, session):
    admin = office(app, results.voted(session))

    assert "Inge Nøgle skriver den selv." in admin.read(COUNT).text


def test_counting_twice_leads_back_to_the_result(app, session):
    made = results.counted(session)

    assert office(app, made).read(COUNT).heading == "Stemmerne er talt op"


def test_publishing_asks_first_and_then_shows_it_to_all(app, session, client):
    made = results.counted(session)
    admin = office(app, made)
    page = admin.read(PUBLISH)
    assert "Resultatet kan ikke trækkes tilbage." in page.text

    after = admin.submit(page, button="Offentliggør resultatet")

    assert after.heading == "Resultatet er offentligt"
    assert client.read("/runder/nordby-2026/resultat").heading.startswith("3 projekter")


def test_publishing_twice_tells_that_it_is_done(app, session):
    made = results.counted(session)
    admin = office(app, made)
    page = admin.read(PUBLISH)
    admin.submit(page, button="Offentliggør resultatet")

    again = admin.submit(page, button="Offentliggør resultatet", status=403)

    assert "Resultatet blev offentliggjort" in again.text


def test_nothing_is_published_before_the_count(app, session):
    made = results.voted(session)

    page = office(app, made).read(PUBLISH)

    assert page.heading == "Stemmerne er klar til at blive talt"


def test_a_council_member_does_not_count(app, session):
    made = results.voted(session)

    office(app, made, Role.COUNCIL).read(COUNT, status=403)
    office(app, made, Role.COUNCIL).read(SHOW, status=403)
