"""Three officers on their pages: who has made what, and two at one table trying together."""

import pytest

from budgeting.models import PairTrial
from budgeting.vocabulary import Phase, Role
from tests import make
from tests.web.visits import signed_in

HERE = "/noegleperson/nordby-2026"
TOGETHER = {"passphrase_0": make.PASSPHRASE, "passphrase_1": make.PASSPHRASE}


@pytest.fixture
def made(session):
    made = make.budget_round(session, Phase.DRAFT, officers=3)
    session.query(PairTrial).delete()
    session.commit()
    return made


def test_two_officers_try_their_keys_together(app, session, made):
    first = signed_in(app, made.officers[0])

    page = first.read(first.read(HERE).link("Prøv sammen med Jens Lås"))
    assert page.heading == "Prøv sammen med Jens Lås"
    page = first.submit(page, TOGETHER)

    assert "Du og Jens Lås åbnede prøvekuverten sammen." in page.html
    trial = session.query(PairTrial).one()
    assert (trial.first, trial.second) == (0, 1)


def test_the_passphrase_that_is_wrong_is_named_and_none_is_shown_again(app, session, made):
    first = signed_in(app, made.officers[0])

    page = first.submit(
        first.read(f"{HERE}/proev-sammen/1"),
        TOGETHER | {"passphrase_1": "hemmeligt men forkert"},
        status=422,
    )

    assert "Adgangssætningen passer ikke til nøglen." in page.errors[0]
    assert "hemmeligt" not in page.html
    assert make.PASSPHRASE not in page.html
    assert session.query(PairTrial).count() == 0


def test_both_passphrases_are_asked_for(app, made):
    first = signed_in(app, made.officers[0])

    page = first.submit(
        first.read(f"{HERE}/proev-sammen/1"), {"passphrase_0": make.PASSPHRASE}, status=422
    )

    assert page.errors == ["Skriv adgangssætningen til nøglen."]


@pytest.mark.parametrize("number", [0, 7])
def test_nobody_tries_with_oneself_or_with_nobody(app, made, number):
    signed_in(app, made.officers[0]).read(f"{HERE}/proev-sammen/{number}", status=404)


def test_a_fourth_officer_reads_who_has_the_keys(app, session, made):
    fourth = signed_in(app, make.account(session, Role.OFFICER, email="fire@example.org"))

    page = fourth.read(HERE)

    assert "Inge Nøgle, Jens Lås, Karen Segl" in page.text
    assert "Andre har nøglerne." in fourth.read("/noegleperson").text


def test_the_front_page_says_that_a_pair_is_missing(app, made):
    assert "prøves sammen" in signed_in(app, made.officers[1]).read("/noegleperson").text


def test_an_administrator_chooses_who_opens_the_box_and_makes_room(app, session, made):
    admin = signed_in(app, make.account(session, Role.ADMIN))
    box = "/admin/runder/nordby-2026/stemmeurne"

    page = admin.read("/admin/runder/nordby-2026/noegleperson")
    assert "Ikke prøvet endnu" in page.text
    page = admin.submit(page, button="Fjern nøglen")
    assert "Nøglen er fjernet." in page.html

    page = admin.submit(admin.read(box), {"officers": "1"})
    assert page.heading == "Klargør runden"
    assert "Én nøgleperson alene" in page.text
