"""A real election, Assen 2024, from its file to its published result."""

from pathlib import Path

import pytest

from budgeting.tally import pabulib
from tests.journeys import people

FILE = Path(__file__).resolve().parents[1] / "data" / "Netherlands_Assen_2024.pb"
SLUG = "assen-2024"
FUNDED_BY_THE_TOWN = 9


@pytest.fixture
def imported(house):
    words = ("--slug", SLUG, "--passphrase", people.PASSPHRASE)
    house.command("import-pabulib", FILE, *words)
    house.command(
        "create-admin", people.STAFF["admin"], "Merete O'Navn", "--password", people.PASSWORD
    )


def test_assen_is_counted_and_shown_as_the_town_decided(imported, new_visitor):
    admin, reader = new_visitor(), new_visitor()
    people.sign_in_with_password(admin, people.STAFF["admin"])
    count_and_publish(admin)
    reader.open(f"/runder/{SLUG}/resultat")
    assert len(names_of_winners()) == FUNDED_BY_THE_TOWN
    first, *_ = reader.page.locator("section[id^=pulje-]").all()
    titles = first.locator(".outcome-title").all_inner_texts()
    assert sorted(titles) == sorted(names_of_winners())


def count_and_publish(admin):
    admin.open(f"/admin/runder/{SLUG}/optaelling")
    admin.press("Tæl stemmerne")
    admin.fill("Adgangssætning", people.PASSPHRASE)
    admin.press_and_wait("Åbn urnen og tæl stemmerne", "Stemmerne er talt op")
    admin.press("Offentliggør resultatet")
    admin.press("Offentliggør resultatet")


def names_of_winners():
    election = pabulib.read(FILE)
    names = {project.id: project.name for project in election.instance.projects}
    return [names[number] for number, selected in election.selected.items() if selected == 1]
