"""The officer's pages: make the key, try it, and learn what happens if the passphrase is lost."""

import pytest

from budgeting.models import OfficerKey
from budgeting.vocabulary import Phase, Role
from tests import make
from tests.web import visits

HERE = "/noegleperson/nordby-2026"
PASSPHRASE = "fire ord som ikke rimer"
TOO_SHORT = (
    "Adgangssætningen er for kort. Skriv mindst 16 tegn, "
    "for eksempel fire ord, der ikke hører sammen."
)


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.DRAFT)


@pytest.fixture
def officer(app, made):
    return visits.signed_in(app, made.people[Role.OFFICER])


@pytest.fixture
def without_key(session, made):
    session.delete(session.query(OfficerKey).one())
    session.commit()


def typed_twice(first=PASSPHRASE, second=None):
    return {"passphrase": first, "again": first if second is None else second}


def test_the_front_page_lists_every_round_and_its_key(officer, without_key):
    page = officer.read("/noegleperson")

    assert "Nøglen skal laves." in page.text
    assert page.link("Runden nordby-2026") == HERE


def test_a_key_is_made_and_tried(session, officer, without_key):
    page = officer.read(officer.read(HERE).link("Lav nøglen"))
    page = officer.submit(page, typed_twice())
    assert page.heading == "Prøv nøglen"

    page = officer.submit(page, {"passphrase": PASSPHRASE})
    assert "Prøvekuverten blev åbnet. Nøglen virker." in page.html
    session.expire_all()
    assert session.query(OfficerKey).one().tested_at is not None


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (typed_twice(""), "Skriv en adgangssætning."),
        (typed_twice(PASSPHRASE, "noget andet"), "De to adgangssætninger er ikke ens. Skriv dem begge igen."),
        (typed_twice("kort"), TOO_SHORT),
    ],
)  # fmt: skip
def test_a_passphrase_that_locks_nothing_is_refused(session, officer, without_key, typed, error):
    page = officer.submit(officer.read(f"{HERE}/lav-noegle"), typed, status=422)

    assert error in page.errors
    assert session.query(OfficerKey).count() == 0
    assert page.form().as_it_stands()["passphrase"] == ""


def test_a_wrong_passphrase_opens_no_test_envelope(officer):
    page = officer.submit(
        officer.read(f"{HERE}/proev-noegle"), {"passphrase": "noget helt andet"}, status=422
    )

    assert "Adgangssætningen passer ikke til nøglen." in page.errors[0]


def test_a_new_key_must_be_tried_again(session, officer):
    page = officer.read(f"{HERE}/lav-noegle")
    assert "gælder den gamle ikke længere" in page.text

    officer.submit(page, typed_twice())
    session.expire_all()
    assert session.query(OfficerKey).one().tested_at is None
    assert "Nøglen er ikke prøvet endnu" in officer.read(HERE).text


def test_there_is_nothing_to_try_before_a_key_is_made(officer, without_key):
    assert officer.read(f"{HERE}/proev-noegle").heading == "Nøglen til stemmeurnen"


def test_after_opening_the_key_stays_and_the_page_says_when_it_is_needed(session, app):
    made = make.budget_round(session, Phase.PROPOSING)
    client = visits.signed_in(app, made.people[Role.OFFICER])

    assert "Pas godt på adgangssætningen." in client.read(HERE).text
    assert "Spillereglerne blev låst" in client.read(f"{HERE}/lav-noegle", status=403).text
