"""The parts pages are put together of: sound markup, names for every control, no inline style."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask import Flask, get_template_attribute
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField, TextAreaField

from budgeting.web import bars, formats
from budgeting.web.forms import AmountField, Form, TrimmedField, add_to, checks, options
from tests.words import soft

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class Proposal(Form):
    title = TrimmedField("Titel", [checks.Needed("Skriv en titel.")])
    text = TextAreaField("Tekst", [checks.at_most_signs(4000)])
    amount = AmountField("Beløb", [checks.Needed("Skriv et beløb.")])
    area = SelectField("Område", choices=options([("1", "Nordby")]))
    kind = RadioField("Slags", [checks.Needed("Vælg.")], choices=options([("a", "A"), ("b", "B")]))
    agree = BooleanField("Ja", [checks.Needed("Sæt kryds.")])


@pytest.fixture(autouse=True)
def context():
    app = Flask(__name__, template_folder=str(TEMPLATES))
    app.config.update(SECRET_KEY="only here", WTF_CSRF_ENABLED=False)
    Babel(app, default_locale="da")
    for part in (formats, bars):
        part.add_to(app)
    add_to(app)
    with app.test_request_context(method="POST"):
        yield


def drawn(name, *arguments, file=None, **keywords):
    """Return the macro's answer, parsed."""
    macro = get_template_attribute(f"components/{file or name}.html", name)
    return BeautifulSoup(macro(*arguments, **keywords), "html.parser")


def sent(**answers):
    form = Proposal(MultiDict(answers))
    form.validate()
    return form


@pytest.mark.parametrize("name", ["title", "text", "amount", "area"])
def test_every_control_has_a_label(name):
    soup = drawn("field", sent()[name])
    control = soup.find(["input", "textarea", "select"])
    assert soup.find("label")["for"] == control["id"]


def test_a_group_of_choices_is_named_by_its_legend():
    soup = drawn("field", sent().kind)
    assert soup.fieldset.legend.get_text(strip=True) == "Slags"
    assert [label["for"] for label in soup.find_all("label")] == ["kind-0", "kind-1"]


def test_a_mistake_is_tied_to_its_control():
    soup = drawn("field", sent(amount="mange").amount, hint="I kroner.")
    control = soup.find("input")
    assert control["aria-invalid"] == "true"
    told = [
        soup.find(id=part).get_text(" ", strip=True) for part in control["aria-describedby"].split()
    ]
    assert told == ["I kroner.", "Fejl: Skriv et beløb i kroner, for eksempel 125.000."]


def test_a_field_that_may_be_empty_says_so():
    form = sent()
    assert "(kan udelades)" in drawn("field", form.text).label.get_text()
    assert "(kan udelades)" not in drawn("field", form.title).label.get_text()


def test_the_summary_of_mistakes_links_to_controls_that_are_there():
    form = sent()
    targets = [link["href"] for link in drawn("error_summary", form).find_all("a")]
    there = {f"#{tag['id']}" for field in form for tag in drawn("field", field).find_all(id=True)}
    assert targets
    assert set(targets) <= there


def test_a_form_without_mistakes_has_no_summary():
    assert not drawn("error_summary", Proposal()).find(True)


def test_a_pot_writes_every_number_that_it_draws():
    soup = drawn("pot_bar", "Nordby", 30_000_000, [("Gåbus", 2_400_000)])
    words = soft(soup.get_text(" ", strip=True))
    for number in ("300.000 kr.", "24.000 kr.", "276.000 kr."):
        assert number in words


def test_a_pot_that_is_spent_twice_says_by_how_much():
    soup = drawn("pot_bar", "Nordby", 30_000_000, [("Valgt", 36_000_000)])
    assert "60.000 kr. mere end puljen" in soft(soup.get_text())


def test_the_present_stage_is_marked_for_screen_readers():
    stages = [SimpleNamespace(title=t, state=s) for t, s in (("Foreslå", "past"), ("Stem", "now"))]
    now = drawn("time_line", stages).find(attrs={"aria-current": "step"})
    assert "Stem" in now.get_text()


def test_a_line_of_the_ballot_is_one_large_label():
    soup = drawn("ballot_choice", "choices", "7", "Gåbus", 2_400_000, chosen=True)
    assert soup.label["for"] == soup.input["id"] == "choices-7"
    assert soup.input.has_attr("checked")
    assert "24.000 kr." in soft(soup.label.get_text())


def test_ranked_lines_can_be_moved_without_dragging():
    items = [SimpleNamespace(value=v, title=v, cost_oere=100) for v in ("a", "b", "c")]
    moves = [button["value"] for button in drawn("rank_list", items).find_all("button")]
    assert moves == ["down:a", "remove:a", "up:b", "down:b", "remove:b", "up:c", "remove:c"]


def test_what_is_typed_never_becomes_markup():
    soup = drawn("project_card", "<b>Fed</b>", "/x", text="<script>")
    assert not soup.find(["b", "script"])


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_carries_style_or_script_of_its_own(path):
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", path.read_text())
