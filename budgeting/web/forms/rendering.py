"""Which component draws a field, and what a screen reader is told about it."""

from typing import Any

from flask import Flask
from wtforms import Field

COMPONENTS = {
    "AmountField": "amount",
    "BooleanField": "checkbox",
    "CountField": "count",
    "DanishDateField": "moment",
    "DanishDateTimeField": "moment",
    "FileField": "file",
    "PasswordField": "password",
    "RadioField": "choices",
    "SelectField": "select",
    "SelectMultipleField": "choices",
    "TextAreaField": "textarea",
}


def component_of(field: Field) -> str:
    """Return the name of the file in components/fields that draws this field."""
    for kind in type(field).__mro__:
        if kind.__name__ in COMPONENTS:
            return COMPONENTS[kind.__name__]
    return "text"


def attributes_of(field: Field, hint: str | None, *, counted: bool = False) -> dict[str, Any]:
    """Return what ties a control to its hint, its counter and its error."""
    told = [f"{field.id}-hint"] if hint else []
    told += [f"{field.id}-counter"] if counted else []
    told += [f"{field.id}-error"] if field.errors else []
    return {
        "aria_describedby": " ".join(told) or False,
        "aria_invalid": "true" if field.errors else False,
    }


def most_signs_of(field: Field) -> int | None:
    """Return how many signs the field takes, where a check says so."""
    found = [getattr(check, "most_signs", None) for check in field.validators]
    return next((most for most in found if most), None)


def may_be_left_out(field: Field) -> bool:
    """Whether the field may be empty, which its label then says."""
    is_tick = component_of(field) in ("checkbox", "choices", "select")
    return not is_tick and not field.flags.required


def add_to(app: Flask) -> None:
    """Let templates draw the fields of a form."""
    app.jinja_env.globals.update(
        component_of=component_of,
        attributes_of=attributes_of,
        most_signs_of=most_signs_of,
        may_be_left_out=may_be_left_out,
    )
