"""The form in which officers lend their keys: a passphrase for each, typed by its owner."""

from collections.abc import Sequence

from flask_babel import gettext as _
from wtforms import PasswordField

from budgeting.models import OfficerKey
from budgeting.services import lending
from budgeting.web.forms import Form, checks


def lending_form(keys: Sequence[OfficerKey], *, are_all_needed: bool) -> type[Form]:
    """Make the form for these keys; where any two will do, nobody must fill in a third."""
    needed = [checks.Needed(_("Skriv adgangssætningen til nøglen."))] if are_all_needed else []
    fields = {
        lending.field_of(key.number): PasswordField(_label(key, len(keys)), needed) for key in keys
    }
    return type("LendingForm", (Form,), fields)


def filled(form: Form) -> dict[int, str]:
    """Return the passphrases that were typed, under the numbers of their keys."""
    return {
        int(field.name.rpartition("_")[2]): field.data
        for field in form
        if isinstance(field, PasswordField) and field.data
    }


def _label(key: OfficerKey, keys: int) -> str:
    if keys == 1:
        return _("Adgangssætning")
    return _("Adgangssætning for %(name)s", name=key.account.name)
