"""Checks of a field's shape, each with words that say what to do; meaning is the rulebook's."""

import re
from collections.abc import Callable
from typing import Any

from flask_babel import gettext
from wtforms import Field
from wtforms.validators import StopValidation, ValidationError

from budgeting.web import formats

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class Needed:
    """The field must be filled; the message says what to write: ``Skriv en titel.``"""

    field_flags = {"required": True}

    def __init__(self, message: Any) -> None:
        """Keep the sentence, translated or lazily translated."""
        self.message = message

    def __call__(self, _form: Any, field: Field) -> None:
        """Refuse an empty field; a field that was filled wrongly says so itself."""
        if _is_filled(field):
            return
        field.errors = []
        raise StopValidation(str(self.message))


def _is_filled(field: Field) -> bool:
    if field.data == "":
        return False
    typed = field.raw_data or []
    if any(not isinstance(value, str) or value.strip() for value in typed):
        return field.data is not False
    return not typed and field.data not in (None, "", "None", [], False)


def at_most_signs(most: int) -> Callable[[Any, Field], None]:
    """Refuse a longer text, and say how much longer it is. The text is never cut."""

    def check(_form: Any, field: Field) -> None:
        excess = len((field.data or "").replace("\r\n", "\n")) - most
        if excess > 0:
            raise ValidationError(
                gettext(
                    "Skriv højst %(most)s tegn. Der er %(excess)s for meget.",
                    most=formats.number(most),
                    excess=formats.number(excess),
                )
            )

    check.most_signs = most  # type: ignore[attr-defined]  # read by the counter's text
    return check


def between_amounts(low_oere: int, high_oere: int) -> Callable[[Any, Field], None]:
    """Refuse an amount outside the two limits."""

    def check(_form: Any, field: Field) -> None:
        if field.data is not None and not low_oere <= field.data <= high_oere:
            raise ValidationError(
                gettext(
                    "Skriv et beløb mellem %(low)s og %(high)s.",
                    low=formats.kr(low_oere),
                    high=formats.kr(high_oere).rstrip("."),
                )
            )

    return check


def between_counts(low: int, high: int) -> Callable[[Any, Field], None]:
    """Refuse a number outside the two limits."""

    def check(_form: Any, field: Field) -> None:
        if field.data is not None and not low <= field.data <= high:
            raise ValidationError(
                gettext("Skriv et tal mellem %(low)s og %(high)s.", low=low, high=high)
            )

    return check


def an_email(_form: Any, field: Field) -> None:
    """Refuse what cannot be an e-mail address; only a mail that arrives proves that it is."""
    if field.data and not EMAIL.fullmatch(field.data.strip()):
        raise ValidationError(gettext("Skriv en mailadresse, for eksempel navn@eksempel.dk."))
