"""The forms of keeping the staff: who, and with which roles."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from budgeting.vocabulary import STAFF_ROLES, Role
from budgeting.web.forms import Form, TrimmedField, checks, options_of
from budgeting.web.forms.cleaning import without_control_signs

NAME_SIGNS = 120


class RolesForm(Form):
    """Ticks for what somebody may do."""

    roles = SelectMultipleField(
        _l("Roller"),
        [checks.Needed(_l("Vælg mindst én rolle."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer_roles(self) -> None:
        """Offer every role of the staff, in the order of the house's words."""
        self.roles.choices = options_of([role for role in Role if role in STAFF_ROLES])

    def chosen(self) -> set[Role]:
        """Return the roles that are ticked."""
        return {Role(role) for role in self.roles.data or ()}


class InviteForm(RolesForm):
    """Asks who is to come in."""

    name = TrimmedField(
        _l("Navn"),
        [checks.Needed(_l("Skriv navnet.")), checks.at_most_signs(NAME_SIGNS)],
        filters=[without_control_signs],
    )
    email = TrimmedField(
        _l("Mailadresse"), [checks.Needed(_l("Skriv mailadressen.")), checks.an_email]
    )


class ButtonForm(Form):
    """Only a button."""
