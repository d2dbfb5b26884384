"""The list of rounds, a new one, and the list of tasks."""

import pytest

from budgeting.models import BudgetRound
from budgeting.vocabulary import Phase, Role
from tests import make

HERE = "/admin/runder/nordby-2026"


def test_an_empty_list_says_how_to_begin(admin):
    page = admin.read("/admin/runder")

    assert "Opret den første runde" in page.link_texts()


def test_a_title_makes_a_draft_and_its_list_of_tasks(session, admin):
    page = admin.submit(admin.read("/admin/runder/ny"), {"title": "Æblerød <b>2027</b>"})

    assert page.heading == "Klargør runden"
    assert session.query(BudgetRound).one().slug == "aebleroed-b-2027-b"
    assert "ting mangler, før runden kan åbne" in page.text


def test_a_round_needs_a_title(admin):
    page = admin.submit(admin.read("/admin/runder/ny"), {"title": "  "}, status=422)

    assert page.errors == ["Skriv et navn til runden."]


def test_a_house_without_a_municipality_says_so(session, visit):
    admin = visit(make.account(session, Role.ADMIN))
    page = admin.submit(admin.read("/admin/runder/ny"), {"title": "Nordby"}, status=422)

    assert "Skriv først kommunens navn" in page.text


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_shows_its_round_with_the_next_deed(session, admin, phase):
    make.budget_round(session, phase)

    page = admin.read("/admin/runder")

    assert "Runden nordby-2026" in page.text
    assert phase.label in page.text


def test_the_task_list_says_what_is_missing_and_who_does_it(session, admin, draft):
    draft.budget_round.frame_decision = ""
    draft.budget_round.ballot_type = None
    draft.budget_round.rule = None
    session.commit()

    page = admin.read(f"{HERE}/klargoer")

    assert "Kan begynde, når stemmesedlen er valgt" in page.text
    assert page.link("Skriv, hvornår byrådet vedtog rammen.") == f"{HERE}/ramme"
    assert "Det gør en administrator:" in page.text


def test_the_officers_task_is_the_officers(session, admin, draft):
    make_untested(session)

    page = admin.read(f"{HERE}/klargoer")

    assert "Det gør nøglepersonen:" in page.text
    shown = admin.read(page.link("Nøglen til stemmeurnen"))
    assert "Nøglen er ikke prøvet endnu" in shown.text


def make_untested(session):
    from budgeting.models import OfficerKey

    session.query(OfficerKey).one().tested_at = None
    session.commit()


def test_nothing_missing_leads_to_opening(admin, draft):
    page = admin.read(f"{HERE}/klargoer")

    assert page.link("Gå til åbning") == f"{HERE}/aabn"


def test_the_municipality_is_named(admin):
    page = admin.submit(
        admin.read("/admin/kommunen"), {"name": "Ternevig Kommune", "colour": "#0b5563"}
    )

    assert "Kommunens oplysninger er gemt." in page.html
    assert "Ternevig Kommune" in page.html


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": ""}, "Skriv kommunens navn."),
        ({"colour": "blå"}, "Skriv farven som # og seks tegn, for eksempel #1c5c4f."),
        ({"email": "nej"}, "Skriv en mailadresse, for eksempel navn@eksempel.dk."),
    ],
)
def test_what_the_municipality_cannot_be_called_is_refused(admin, typed, error):
    page = admin.submit(admin.read("/admin/kommunen"), typed, status=422)

    assert page.errors == [error]
