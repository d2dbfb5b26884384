"""What we say about ourselves, and the style sheet in the municipality's colour."""

from budgeting.vocabulary import Phase
from tests import make


def test_the_accessibility_statement_says_how_to_tell_us(client, session):
    make.municipality(session)

    page = client.read("/was")

    assert page.heading == "Tilgængelighed"
    assert "12 34 56 78" in page.text
    assert "Det mangler vi" in page.text


def test_both_statements_stand_also_where_no_municipality_is_set_up(client):
    client.read("/was")
    client.read("/privatliv")


def test_privacy_says_when_each_running_round_ends(client, session):
    make.budget_round(session, Phase.VOTING)

    page = client.read("/privatliv")

    assert "Runden nordby-2026 slutter den" in page.text
    assert "Prøveby Kommune er ansvarlig" in page.text


def test_the_style_sheet_has_the_towns_colour_and_may_be_kept(client, session):
    make.municipality(session).colour = "#0b5563"
    address = client.read("/was").soup.find("link", href=lambda href: "tema.css" in href)["href"]

    answer = client.get(address)

    assert "--municipality: #0b5563;" in answer.text
    assert answer.mimetype == "text/css"
    assert answer.cache_control.public
    assert answer.cache_control.max_age > 86_400


def test_another_colour_has_another_address(client, session):
    def address():
        return client.read("/was").soup.find("link", href=lambda href: "tema.css" in href)["href"]

    before = address()
    make.municipality(session).colour = "#7a1f3d"

    assert address() != before
