"""The form every page's form is made from, and how a refusal is hung on it."""

from datetime import datetime
from typing import Any, cast

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field

from budgeting.refusals import Refusal
from budgeting.vocabulary import LabelledEnum
from budgeting.web import formats
from budgeting.web.forms import rendering, words


class Form(FlaskForm):
    """A form in the house's words; it knows the status its page answers with."""

    class Meta(FlaskForm.Meta):
        """How the fields of the form are bound."""

        def get_translations(self, form: Any) -> words.HouseWords:
            """Say the library's own messages in the reader's language."""
            return words.HouseWords()

    @property
    def status(self) -> int:
        """Return 422 where something must be mended, else 200."""
        return 422 if self.has_errors else 200

    @property
    def has_errors(self) -> bool:
        """Whether the form was sent and something must be mended."""
        return bool(self.form_errors) or any(field.errors for field in self)

    @property
    def mistakes(self) -> list[tuple[str | None, str]]:
        """Return every message with the id of the element it links to; None for the form's own."""
        hung: list[tuple[str | None, str]] = [(None, str(text)) for text in self.form_errors]
        for field in self:
            hung += [(first_control(field), message) for message in flat(field.errors)]
        return hung


def first_control(field: Field) -> str:
    """Return the id of the first control of a field: a group has one for each choice."""
    choices = list(cast(Any, field)) if rendering.component_of(field) == "choices" else []
    return str(choices[0].id if choices else field.id)


def flat(errors: Any) -> list[str]:
    """Return messages in one list, also those of the entries of a list of fields."""
    if isinstance(errors, dict):
        return [message for nested in errors.values() for message in flat(nested)]
    if isinstance(errors, str) or not hasattr(errors, "__iter__"):
        return [str(errors)]
    return [message for nested in errors for message in flat(nested)]


def hang(refusal: Refusal, form: Form) -> None:
    """Put a refusal from the domain on the field it names, or on the form itself."""
    message = in_words(refusal)
    field = form[refusal.field] if refusal.field and refusal.field in form else None
    if field is None or field.type in ("HiddenField", "SeenVersionField"):
        form.form_errors.append(message)
        return
    field.errors = [*field.errors, message]


def in_words(refusal: Refusal) -> str:
    """Return what the refusal says, in the reader's language."""
    shown = {name: _shown(name, value) for name, value in refusal.values.items()}
    return gettext(refusal.message) % shown


def _shown(name: str, value: object) -> object:
    """Write a value inside a refusal as people read it: labels, amounts and moments."""
    if isinstance(value, LabelledEnum):
        return gettext(value.label)
    if isinstance(value, datetime):
        return formats.when(value)
    if name.endswith("_oere") and isinstance(value, int):
        return formats.kr(value)
    return value
