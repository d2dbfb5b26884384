"""Every page of the demo that a link leads to, as anyone and as each of the staff, seen and checked."""

import re

import pytest

from budgeting import clock
from budgeting.demo import filling
from budgeting.demo.secrets_shown import PASSWORD, code_of
from tests.journeys.house import copy_database

STAFF = ("admin", "caseworker", "officer", "council")
ADDRESSES = "links => links.map(link => link.getAttribute('href'))"
LINKS = "a[href^='/']:not([download])"
FIRST_VOTER = "1001"


def give_all_points(page):
    for group in page.locator("fieldset.scoring").all():
        group.get_by_label("4 point").check()


BALLOTS = {
    "klitvang-fordeler-puljen": lambda page: page.get_by_label("Fælles spisning").check(),
    "skarvhavn-fem-stemmer": lambda page: page.get_by_label("Skarvhavns kor").fill("3"),
    "skolegaarden-giv-point": give_all_points,
}
SLUG_AND_MORE = re.compile(r"^(/\w[\w-]*)/[\w-]+/(.+)$")


@pytest.fixture(scope="module")
def filled_demo(open_house):
    """The demo's rounds, filled once and kept."""
    kept = open_house.folder / "demo.sqlite"
    open_house.empty()
    with open_house.inside():
        filling.fill(clock.now())
    copy_database(open_house.database, kept)
    return kept


@pytest.fixture
def demo(house, filled_demo):
    copy_database(filled_demo, house.database)
    return house


def test_every_public_page_is_sound(demo, visitor):
    seen = walk(visitor, lambda address: True)
    assert len(seen) > 15


@pytest.mark.parametrize("role", STAFF)
def test_every_page_of_the_staff_is_sound(demo, visitor, role):
    sign_in(visitor, dict(sign_ins(demo))[role])
    seen = walk(visitor, lambda address: not address.startswith("/runder"))
    assert len(seen) > 2


@pytest.mark.parametrize(("slug", "fill_in"), BALLOTS.items())
def test_every_page_of_the_newer_ballots_is_sound(demo, visitor, slug, fill_in):
    visitor.open(f"/runder/{slug}/stem")
    visitor.fill("Din kode", code_of(slug, FIRST_VOTER).text)
    visitor.press("Gå ind i stemmeboksen")
    visitor.see_on_page("Ikke afleveret endnu")
    fill_in(visitor.page)
    visitor.press("Se min stemmeseddel")
    visitor.see_heading("Tjek din stemme")
    visitor.press("Aflever stemmen")
    visitor.see_heading("Din stemme er afleveret")
    seen = walk(visitor, lambda address: "/stem" in address, f"/runder/{slug}/stem/puljer")
    assert len(seen) > 1


def walk(visitor, is_wanted, first="/"):
    """Follows links from a page, once for each kind of page, and hands back the kinds."""
    waiting, seen = [first], set()
    while waiting:
        address = waiting.pop(0).split("#")[0]
        if kind_of(address) in seen or not is_wanted(address):
            continue
        seen.add(kind_of(address))
        visitor.open(address)
        waiting += visitor.page.locator(LINKS).evaluate_all(ADDRESSES)
    return seen


def kind_of(address):
    """Each round has its own front page; below it one page of each kind is enough."""
    path = re.sub(r"\d+(?=/|$)", "N", address.split("?")[0])
    return SLUG_AND_MORE.sub(r"\1/*/\2", path)


def sign_ins(demo):
    with demo.inside():
        return filling.sign_ins()


def sign_in(visitor, email):
    visitor.open("/log-ind/medarbejder")
    visitor.fill("Mailadresse", email)
    visitor.fill("Adgangskode", PASSWORD)
    visitor.go_through(visitor.page.locator("main").get_by_role("button", name="Log ind"))
