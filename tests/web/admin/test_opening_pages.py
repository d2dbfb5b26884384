"""Opening a round by its page: what it spells out, what it locks, what it shows after."""

import pytest

from budgeting.models import BudgetRound, RulebookVersion
from budgeting.vocabulary import Phase

HERE = "/admin/runder/nordby-2026"
BUTTON = "Åbn runden og lås spillereglerne"


def test_opening_spells_out_what_cannot_be_undone(admin, draft):
    page = admin.read(f"{HERE}/aabn")

    assert "Det kan ikke gøres om" in page.text
    assert "300.000 kr." in page.text
    assert page.form(button=BUTTON)


def test_an_opened_round_shows_its_fingerprint_and_the_way_to_the_rules(session, admin, draft):
    page = admin.submit(admin.read(f"{HERE}/aabn"), button=BUTTON)

    fingerprint = session.query(RulebookVersion).one().fingerprint
    assert fingerprint in page.text.replace(" ", "")
    assert page.link("Læs spillereglerne") == "/runder/nordby-2026/spilleregler"
    assert page.heading == "Spillereglerne er låst"


def test_a_page_that_was_open_too_long_opens_nothing(session, admin, draft):
    page = admin.read(f"{HERE}/aabn")
    admin.submit(admin.read(f"{HERE}/ramme"), {"decision": "En anden sag"})

    told = admin.submit(page, button=BUTTON, status=422)

    assert "En anden har ændret" in told.text
    session.expire_all()
    assert session.query(BudgetRound).one().opened_at is None


def test_a_draft_with_something_missing_shows_the_gap_and_no_button(session, admin, draft):
    draft.budget_round.frame_decision = ""
    session.commit()

    page = admin.read(f"{HERE}/aabn")

    assert page.heading == "Runden kan ikke åbne endnu"
    assert page.link("Skriv, hvornår byrådet vedtog rammen.")
    with pytest.raises(AssertionError):
        page.form(button=BUTTON)


def test_opening_twice_is_told_in_words(admin, draft):
    page = admin.read(f"{HERE}/aabn")
    admin.submit(page, button=BUTTON)

    told = admin.submit(page, button=BUTTON, status=403)
    assert "Spillereglerne blev låst" in told.text


@pytest.mark.parametrize("phase", [Phase.ANNOUNCED, Phase.VOTING, Phase.CLOSED])
def test_the_locked_rules_can_be_read_in_every_later_phase(session, admin, phase):
    from tests import make

    make.budget_round(session, phase)

    assert admin.read(f"{HERE}/klargoer").heading == "Spillereglerne er låst"
