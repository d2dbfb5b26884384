"""The language is chosen in the footer and remembered in a cookie."""

import pytest

from tests import make


def test_the_page_one_came_from_comes_back_in_the_chosen_language(client, session):
    make.municipality(session)
    page = client.read("/log-ind?next=/mine-forslag")
    token = page.soup.find("form", class_="languages").find("input")["value"]

    answer = client.post("/sprog", data={"csrf_token": token, "next": "/log-ind", "language": "en"})

    assert answer.location == "/log-ind"
    assert client.read("/log-ind").soup.html["lang"] == "en"


@pytest.mark.parametrize("elsewhere", ["https://ond.example", "//ond.example", "/\\ond.example"])
def test_the_switch_leads_to_no_other_house(app, session, elsewhere):
    app.config["WTF_CSRF_ENABLED"] = False

    answer = app.test_client().post("/sprog", data={"next": elsewhere, "language": "en"})

    assert answer.location == "/"


def test_a_language_we_do_not_speak_changes_nothing(app, session):
    app.config["WTF_CSRF_ENABLED"] = False

    answer = app.test_client().post("/sprog", data={"next": "/log-ind", "language": "xx"})

    assert "Set-Cookie" not in answer.headers or "language" not in answer.headers["Set-Cookie"]
