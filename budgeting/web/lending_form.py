"""The form in which officers lend their keys: a passphrase for each, typed by its owner.

Where the platform keeps no keys there is a field for each officer's file too.
"""

from collections.abc import Sequence

from flask_babel import gettext as _
from wtforms import Field, FileField, PasswordField

from budgeting.models import OfficerKey
from budgeting.services import lending
from budgeting.web.forms import Form, checks

MOST_BYTES = 10_000


def lending_form(keys: Sequence[OfficerKey], *, are_all_needed: bool) -> type[Form]:
    """Make the form for these keys; where any two will do, nobody must fill in a third."""
    needed = [checks.Needed(_("Skriv adgangssætningen til nøglen."))] if are_all_needed else []
    fields: dict[str, Field] = {}
    for key in keys:
        if key.locked_private_key is None:
            label = _("Nøglefil for %(name)s", name=key.account.name)
            fields[lending.file_field_of(key.number)] = FileField(label)
        fields[lending.field_of(key.number)] = PasswordField(_label(key, len(keys)), needed)
    return type("LendingForm", (Form,), fields)


def filled(form: Form) -> dict[int, str]:
    """Return the passphrases that were typed, under the numbers of their keys."""
    return {
        int(field.name.rpartition("_")[2]): field.data
        for field in form
        if isinstance(field, PasswordField) and field.data
    }


def files_of(form: Form) -> dict[int, str]:
    """Return the texts of the files that were chosen, under the numbers of their keys."""
    return {
        int(field.name.rpartition("_")[2]): text_of(field)
        for field in form
        if isinstance(field, FileField)
    }


def text_of(field: FileField) -> str:
    """Return what stands in a file that was sent; nothing where none was chosen."""
    sent = field.data
    content = sent.read(MOST_BYTES) if sent and hasattr(sent, "read") else b""
    return str(content.decode("ascii", "replace"))


def _label(key: OfficerKey, keys: int) -> str:
    if keys == 1:
        return _("Adgangssætning")
    return _("Adgangssætning for %(name)s", name=key.account.name)
