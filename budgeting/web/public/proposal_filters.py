"""The choices that narrow the list of proposals: a place, a pot; only where there is a choice."""

from typing import TypeVar

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from budgeting.models import BudgetRound
from budgeting.web import formats
from budgeting.web.forms import Form, options

Kind = TypeVar("Kind", bound="FilterForm")


class FilterForm(Form):
    """Sent as a plain address, so that what one sees can be shared."""

    class Meta(Form.Meta):
        """An address carries no token."""

        csrf = False

    omraade = SelectField(_l("Lokalområde"))
    pulje = SelectField(_l("Pulje"))


def filter_form(budget_round: BudgetRound) -> FilterForm:
    """Return the choices this round has."""
    return fitted(FilterForm(formdata=request.args), budget_round)


def fitted(form: Kind, budget_round: BudgetRound) -> Kind:
    """Give a form the round's places and pots; where there is only one, nothing is asked."""
    form.omraade.choices = options([("", _("Alle")), *_named(budget_round.areas)])
    form.pulje.choices = options([("", _("Alle")), *_named(budget_round.pots)])
    if len(budget_round.areas) < 2:
        del form.omraade
    if len(budget_round.pots) < 2:
        del form.pulje
    return form


def _named(things: list) -> list[tuple[str, str]]:  # type: ignore[type-arg]  # areas or pots
    return [(str(thing.id), thing.name) for thing in formats.danish_sorted(things, "name")]
