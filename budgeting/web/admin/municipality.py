"""How the municipality presents itself: name, colour, and where people get help."""

import re
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField, ValidationError
from wtforms.widgets import ColorInput

from budgeting.rulebook.deeds import Deed
from budgeting.services import municipalities
from budgeting.services.municipalities import Presentation
from budgeting.web import access, theme
from budgeting.web.admin import bp, parts
from budgeting.web.forms import Form, TrimmedField, checks
from budgeting.web.forms.cleaning import without_control_signs, without_control_signs_in_lines

NAMED = ("name", "scheme_name", "colour", "phone", "email", "help_places")


def a_colour(_form: Any, field: StringField) -> None:
    """Refuse what is no colour."""
    if field.data and not re.fullmatch(r"#[0-9a-fA-F]{6}", field.data):
        raise ValidationError(_("Skriv farven som # og seks tegn, for eksempel #1c5c4f."))


class MunicipalityForm(Form):
    """What stands at the top and the foot of every page."""

    name = TrimmedField(
        _l("Kommunens navn"),
        [checks.Needed(_l("Skriv kommunens navn.")), checks.at_most_signs(200)],
        filters=[without_control_signs],
    )
    scheme_name = TrimmedField(
        _l("Hvad kalder I ordningen?"),
        [checks.Needed(_l("Skriv et navn, for eksempel Borgerbudget.")), checks.at_most_signs(80)],
        filters=[without_control_signs],
        default="Borgerbudget",
    )
    colour = TrimmedField(
        _l("Kommunens farve"),
        [checks.Needed(_l("Vælg en farve.")), a_colour],
        widget=ColorInput(),
        default=theme.NEUTRAL,
    )
    phone = TrimmedField(_l("Telefon"), [checks.at_most_signs(40)], filters=[without_control_signs])
    email = TrimmedField(
        _l("Mail"),
        [checks.an_email, checks.at_most_signs(200)],
        filters=[without_control_signs],
    )
    help_places = TextAreaField(
        _l("Her kan man få hjælp"),
        [checks.at_most_signs(2000)],
        filters=[without_control_signs_in_lines],
    )


@bp.route("/kommunen", methods=["GET", "POST"])
@access.open_to(Deed.KEEP_MUNICIPALITY)
def municipality_edit() -> ResponseReturnValue:
    form = MunicipalityForm(obj=municipalities.find())
    if form.validate_on_submit():
        presentation = Presentation(**{name: form[name].data or "" for name in NAMED})
        with parts.hanging(form):
            municipalities.present(by=parts.me(), presentation=presentation, now=g.now)
            flash(_("Kommunens oplysninger er gemt."), "success")
            return redirect(url_for("admin.rounds_index"))
    return render_template("admin/municipality/edit.html", form=form), form.status
