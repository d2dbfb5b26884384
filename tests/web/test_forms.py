"""Forms understand what people type, and say what to do where they do not."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from flask_babel import Babel, force_locale
from hypothesis import assume, given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_, Phase
from budgeting.web import formats
from budgeting.web.forms import (
    AmountField,
    CountField,
    DanishDateField,
    DanishDateTimeField,
    Form,
    SeenVersionField,
    TrimmedField,
    checks,
    hang,
    options,
    options_of,
    rendering,
)
from budgeting.web.forms.amounts import BelowZero, NotAnAmount, TooLarge, read_oere
from budgeting.web.forms.moments import (
    DoubleHour,
    NoSuchDay,
    NotAMoment,
    SkippedHour,
    read_day,
    read_moment,
)


class Everything(Form):
    title = TrimmedField("Titel", [checks.Needed("Skriv en titel."), checks.at_most_signs(10)])
    text = TextAreaField("Tekst")
    amount = AmountField("Beløb", [checks.Needed("Skriv et beløb.")])
    age = CountField("Alder", [checks.between_counts(10, 18)])
    kind = RadioField(
        "Slags", [checks.Needed("Vælg en slags.")], choices=options([("a", "A"), ("b", "B")])
    )
    gifts = SelectMultipleField("Gaver", choices=options([("x", "X")]))
    agree = BooleanField("Ja", [checks.Needed("Sæt kryds.")])
    closes = DanishDateTimeField("Slutter", [checks.Needed("Skriv, hvornår det slutter.")])
    held = DanishDateField("Dag")
    email = StringField("Mail", [checks.an_email])
    version = SeenVersionField()


class TooDear(Refusal):
    message = N_("Skriv et beløb på højst %(limit_oere)s i fasen %(phase)s.")
    field = "amount"


GOOD = {
    "title": " Gåbus ",
    "amount": "125.000,50 kr.",
    "age": "15",
    "kind": "a",
    "agree": "y",
    "closes": "13.12.2026 kl. 23.59",
    "held": "13-12-2026",
    "email": "navn@eksempel.dk",
    "version": "3",
}


@pytest.fixture(autouse=True, scope="module")
def context():
    app = Flask(__name__)
    app.config.update(SECRET_KEY="only here", WTF_CSRF_ENABLED=False)
    Babel(app, default_locale="da")
    with app.test_request_context(method="POST"):
        yield


def sent(**changes):
    """Return the form as sent with these changes; None leaves a field out."""
    answers = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    form = Everything(MultiDict(answers))
    form.validate()
    return form


@pytest.mark.parametrize(
    "typed",
    [
        "125.000",
        "125000",
        "125.000,00",
        "125.000,-",
        "125.000 kr.",
        "kr. 125.000,-",
        "125 000",
        "125\u00a0000 kr",
        "125\u202f000",
        " 125.000 kroner ",
        "DKK 125.000",
        "0125000",
    ],
)
def test_an_amount_is_understood_as_people_write_it(typed):
    assert read_oere(typed) == 12_500_000


@pytest.mark.parametrize(
    ("typed", "oere"), [("125.000,50 kr.", 12_500_050), ("0,5", 50), ("7,25", 725), ("0", 0)]
)
def test_oere_are_understood_after_a_comma(typed, oere):
    assert read_oere(typed) == oere


@pytest.mark.parametrize("typed", ["-5", "- 125.000", "−125.000 kr.", "kr. -5"])
def test_a_negative_amount_is_refused_as_such(typed):
    with pytest.raises(BelowZero):
        read_oere(typed)


@pytest.mark.parametrize("typed", ["10.000.000.000,01", "99999999999", "9" * 400])
def test_an_absurd_amount_is_refused_as_such(typed):
    with pytest.raises(TooLarge):
        read_oere(typed)


@pytest.mark.parametrize(
    "typed",
    ["mange", "12.50", "1.2.3", "125,000", "12.5000", "1e5", "kr.", "1,234,567", "٣", "12 50",
     "125.000 kr. cirka", "NaN", "0x10", ",50", "5,", "5,123"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(NotAnAmount):
        read_oere(typed)


def test_a_reader_of_english_may_write_english_amounts():
    assert read_oere("125,000.50", english=True) == 12_500_050
    assert read_oere("DKK 125,000", english=True) == 12_500_000
    assert read_oere("125.000", english=True) == 12_500_000


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_never_breaks(text):
    with suppress(NotAnAmount):
        assert 0 <= read_oere(text) <= 10_000_000_000_00


@pytest.mark.parametrize(
    "typed",
    [
        "2026-12-13T23:59",
        "2026-12-13T23:59:00",
        "13-12-2026 23:59",
        "13.12.2026 kl. 23.59",
        "13/12/2026 kl 23:59",
        "13. 12. 2026, kl. 23.59",
        " 13-12-2026  23.59 ",
    ],
)
def test_a_moment_is_understood_as_people_write_it(typed):
    assert read_moment(typed) == datetime(2026, 12, 13, 22, 59, tzinfo=UTC)


def test_the_hour_that_summer_time_skips_is_refused():
    with pytest.raises(SkippedHour):
        read_moment("2027-03-28T02:30")


def test_the_hour_that_comes_twice_is_refused():
    with pytest.raises(DoubleHour):
        read_moment("2026-10-25T02:30")


@pytest.mark.parametrize("typed", ["2027-03-28T01:59", "2027-03-28T03:00", "2026-10-25T03:00"])
def test_the_hours_beside_the_change_of_clock_are_taken(typed):
    assert read_moment(typed).tzinfo is UTC


@pytest.mark.parametrize("typed", ["31-02-2026 12:00", "2026-13-01T12:00", "13-12-2026 25:00"])
def test_a_day_or_hour_that_does_not_exist_is_refused(typed):
    with pytest.raises(NoSuchDay):
        read_moment(typed)


@pytest.mark.parametrize("typed", ["snart", "13-12-2026", "13-12-26 12:00", "12:00"])
def test_what_is_no_moment_is_refused(typed):
    with pytest.raises(NotAMoment):
        read_moment(typed)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001
def test_a_moment_shown_in_a_form_reads_back_as_the_same_moment(naive):
    moment = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    hour = timedelta(hours=1)
    offsets = {formats.danish_time(moment + shift).utcoffset() for shift in (-hour, 0 * hour, hour)}
    assume(len(offsets) == 1)
    form = Everything(MultiDict(), obj=SimpleNamespace(closes=moment))
    form.closes.raw_data = None
    form.closes.data = moment
    assert read_moment(form.closes._value()) == moment


def test_a_day_is_understood_in_both_ways():
    assert read_day("13.12.2026") == read_day("2026-12-13")


def test_a_well_filled_form_gives_plain_values():
    form = sent()
    assert form.status == 200
    assert form.title.data == "Gåbus"
    assert form.amount.data == 12_500_050
    assert form.age.data == 15
    assert form.version.data == 3
    assert form.closes.data == datetime(2026, 12, 13, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("title", "   ", "Skriv en titel."),
        ("title", "Alt for lang", "Skriv højst 10 tegn. Der er 2 for meget."),
        ("amount", "", "Skriv et beløb."),
        ("amount", "mange", "Skriv et beløb i kroner, for eksempel 125.000."),
        ("amount", "-5", "Skriv et beløb, der er større end nul."),
        ("age", "femten", "Skriv et helt tal, for eksempel 3."),
        ("age", "7", "Skriv et tal mellem 10 og 18."),
        ("kind", None, "Vælg en slags."),
        ("kind", "c", "Vælg en af mulighederne."),
        ("agree", None, "Sæt kryds."),
        ("closes", "", "Skriv, hvornår det slutter."),
        ("closes", "snart", "Skriv dag og klokkeslæt, for eksempel 13-12-2026 23:59."),
        ("held", "31-02-2026", "Den dag findes ikke. Se efter i kalenderen."),
        ("email", "navn@", "Skriv en mailadresse, for eksempel navn@eksempel.dk."),
    ],
)
def test_a_mistake_says_what_to_do_once_beside_its_field(name, typed, said):
    form = sent(**{name: typed})
    assert form.errors == {name: [said]}
    assert form.status == 422


def test_what_was_typed_is_still_there_after_a_mistake():
    form = sent(amount="mange penge", closes="i morgen", age="ung")
    assert 'value="mange penge"' in form.amount()
    assert 'value="i morgen"' in form.closes()
    assert 'value="ung"' in form.age()


def test_a_choice_outside_the_choices_is_refused_in_danish():
    assert sent(gifts="guld").errors == {"gifts": ["Vælg blandt mulighederne."]}


def test_a_kept_amount_is_shown_as_people_write_it():
    form = Everything(None, data={"amount": 12_500_000})
    assert 'value="125.000"' in form.amount()


def test_an_english_form_shows_and_reads_english_amounts():
    with force_locale("en"):
        shown = Everything(None, data={"amount": 12_500_050}).amount()
        assert 'value="125,000.50"' in shown
        assert sent(amount="125,000.50").amount.data == 12_500_050


def test_a_version_that_was_tampered_with_is_no_version():
    assert sent(version="3 or 1=1").version.data is None


def test_the_summary_links_to_the_first_control_of_each_field():
    form = sent(title="", kind=None)
    assert form.mistakes == [("title", "Skriv en titel."), ("kind-0", "Vælg en slags.")]


def test_a_refusal_is_hung_on_the_field_it_names():
    form = sent()
    hang(TooDear(limit_oere=10_000_000, phase=Phase.VOTING), form)
    assert form.amount.errors == ["Skriv et beløb på højst 100.000\u00a0kr. i fasen Stem."]
    assert form.status == 422


def test_a_refusal_without_a_field_is_hung_on_the_form():
    form = sent()
    hang(Refusal(), form)
    hang(Refusal(field="unknown"), form)
    assert form.mistakes == [(None, "Det kan ikke lade sig gøre.")] * 2
    assert form.status == 422


def test_a_control_is_tied_to_its_hint_and_its_error():
    field = sent(amount="mange").amount
    said = rendering.attributes_of(field, "Et hint")
    assert said == {"aria_describedby": "amount-hint amount-error", "aria_invalid": "true"}


def test_a_long_text_is_never_cut_by_the_browser():
    form = sent()
    assert "maxlength" not in form.title()
    assert rendering.most_signs_of(form.title) == 10


def test_the_choices_of_a_vocabulary_carry_its_labels():
    (first, *_) = options_of(Phase)
    assert (first.value, first.label) == ("draft", "Kladde")
