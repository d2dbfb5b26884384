"""Forms check shape; the rulebook checks meaning."""

from budgeting.web.forms import checks
from budgeting.web.forms.base import Form, hang, in_words
from budgeting.web.forms.fields import (
    AmountField,
    CountField,
    DanishDateField,
    DanishDateTimeField,
    SeenVersionField,
    TrimmedField,
)
from budgeting.web.forms.options import options, options_of
from budgeting.web.forms.rendering import add_to

__all__ = [
    "AmountField",
    "CountField",
    "DanishDateField",
    "DanishDateTimeField",
    "Form",
    "SeenVersionField",
    "TrimmedField",
    "add_to",
    "checks",
    "hang",
    "in_words",
    "options",
    "options_of",
]
