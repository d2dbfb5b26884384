"""The booth's forms: the code, and the ballot, whose choices travel in the body only."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, SelectField

from budgeting.web.forms import Form, TrimmedField


class CodeForm(Form):
    """The code from the letter."""

    code = TrimmedField(
        _l("Din kode"),
        render_kw={"autocapitalize": "characters", "spellcheck": "false", "maxlength": "60"},
    )


class ChoicesField(Field):
    """The projects a voter has chosen, in the order they were sent; drawn by the ballot."""

    data: tuple[str, ...]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was sent; whether it is a valid ballot, the rulebook says."""
        self.data = tuple(str(value) for value in valuelist)


class PointsField(Field):
    """What stands beside each project, as it was typed: the field ``points-12`` is project 12's."""

    data: dict[str, str]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Keep every field that is not empty, right or wrong."""
        self.process_errors = []
        sent = formdata.items() if formdata else ()
        start = f"{self.name}-"
        typed = {
            name.removeprefix(start): str(text) for name, text in sent if name.startswith(start)
        }
        self.data = {one: text.strip() for one, text in typed.items() if text.strip()}


class BallotForm(Form):
    """A ballot on its way: which booth it was filled in, what is chosen, what is looked for."""

    booth = HiddenField()
    nonce = HiddenField()
    choices = ChoicesField(default=())
    points = PointsField()
    find = TrimmedField(_l("Ord i titel eller tekst"), default="")
    area = SelectField(_l("Område"), validate_choice=False, default="")
    only_chosen = BooleanField(_l("Vis kun dem, jeg har valgt"))
