"""The choices that narrow the list of projects: a place, a pot, and words to look for."""

from flask import request
from flask_babel import lazy_gettext as _l

from budgeting.models import BudgetRound
from budgeting.services.project_lists import Narrowing
from budgeting.web.forms import TrimmedField
from budgeting.web.public.proposal_filters import FilterForm, fitted


class ProjectFilterForm(FilterForm):
    """Narrows by words too: there may be hundreds of projects."""

    soeg = TrimmedField(_l("Søg"))


def project_filters(budget_round: BudgetRound) -> ProjectFilterForm:
    """Return the choices this round has, as the reader has set them."""
    return fitted(ProjectFilterForm(formdata=request.args), budget_round)


def narrowing(budget_round: BudgetRound) -> Narrowing:
    """Return what the address asks for; a place or pot that is not there counts as not said."""
    areas = {str(area.id): area.id for area in budget_round.areas}
    pots = {str(pot.id): pot.id for pot in budget_round.pots}
    return Narrowing(
        area_id=areas.get(request.args.get("omraade", "")),
        pot_id=pots.get(request.args.get("pulje", "")),
        words=request.args.get("soeg", ""),
    )
