"""The forms of signing in."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField

from budgeting.web.forms import Form, TrimmedField, checks
from budgeting.web.forms.cleaning import without_control_signs

NAME_SIGNS = 120


class AddressForm(Form):
    """Asks where the link is to be sent."""

    email = TrimmedField(
        _l("Din mailadresse"),
        validators=[checks.Needed(_l("Skriv din mailadresse.")), checks.an_email],
    )


class NameForm(Form):
    """Asks what to call a person who signs in for the first time."""

    name = TrimmedField(
        _l("Dit navn"),
        validators=[checks.Needed(_l("Skriv dit navn.")), checks.at_most_signs(NAME_SIGNS)],
        filters=[without_control_signs],
    )


class EnterForm(Form):
    """Only a button: the person is known already."""


class SecondFactorForm(Form):
    """Asks for the code of this half minute, or a recovery code."""

    code = TrimmedField(
        _l("Kode"),
        validators=[checks.Needed(_l("Skriv koden fra din telefon.")), checks.at_most_signs(60)],
        render_kw={"inputmode": "text", "spellcheck": "false"},
    )


class NewPasswordForm(Form):
    """Asks for a password to be chosen."""

    password = PasswordField(
        _l("Ny adgangskode"), validators=[checks.Needed(_l("Skriv en ny adgangskode."))]
    )


class ChangePasswordForm(NewPasswordForm):
    """Asks for the old password and a new one."""

    old = PasswordField(
        _l("Adgangskode nu"),
        validators=[checks.Needed(_l("Skriv den adgangskode, du har nu."))],
    )


class StaffForm(Form):
    """Asks for address and password."""

    email = TrimmedField(
        _l("Mailadresse"),
        validators=[checks.Needed(_l("Skriv din mailadresse.")), checks.an_email],
    )
    password = PasswordField(
        _l("Adgangskode"), validators=[checks.Needed(_l("Skriv din adgangskode."))]
    )
