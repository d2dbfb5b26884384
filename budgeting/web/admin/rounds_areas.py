"""*Klargør runden*: the areas, renamed and removed line by line, and added one on each line."""

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField, ValidationError

from budgeting.models import BudgetRound
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.services import places_and_pots
from budgeting.services.places_and_pots import AreaChanges
from budgeting.web import access, formats
from budgeting.web.admin import bp, parts
from budgeting.web.admin.parts import ROUND, PartForm
from budgeting.web.forms import TrimmedField, checks
from budgeting.web.forms.cleaning import without_control_signs, without_control_signs_in_lines

LONGEST_NAME = 120


class AreasForm(PartForm):
    """New areas; the lines of those there are already are added by `form_of`."""

    added = TextAreaField(
        _l("Nye lokalområder"), filters=[without_control_signs_in_lines], default=""
    )

    def validate_added(self, field: TextAreaField) -> None:
        """Refuse names that are too long to stand on a ballot."""
        longest = max(map(len, self.new_names), default=0)
        if longest > LONGEST_NAME:
            raise ValidationError(
                _("Skriv højst %(most)s tegn på hver linje.", most=formats.number(LONGEST_NAME))
            )

    @property
    def new_names(self) -> list[str]:
        """The names written, one on each line."""
        lines = (self.added.data or "").splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]


@bp.route(f"{ROUND}/lokalomraader", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_areas(round_slug: str) -> ResponseReturnValue:
    areas = formats.danish_sorted(g.budget_round.areas, "name")
    form = form_of(g.budget_round)
    if form.validate_on_submit():
        with parts.hanging(form):
            places_and_pots.change_areas(**parts.said(form), changes=changes_in(form))
            return parts.saved(Part.AREAS)
    return parts.page(Part.AREAS, "admin/rounds/areas.html", form, areas=areas)


def form_of(budget_round: BudgetRound) -> AreasForm:
    """Return the form with a name and a tick for each area there is."""

    class LinesForm(AreasForm):
        """The areas of this very round."""

    for area in budget_round.areas:
        name = TrimmedField(
            _("Navnet på „%(area)s“", area=area.name),
            [
                checks.Needed(_("Skriv et navn, eller sæt kryds ved Fjern.")),
                checks.at_most_signs(LONGEST_NAME),
            ],
            default=area.name,
            filters=[without_control_signs],
        )
        setattr(LinesForm, f"name-{area.id}", name)
        remove = BooleanField(_("Fjern „%(area)s“", area=area.name))
        setattr(LinesForm, f"remove-{area.id}", remove)
    return LinesForm(data={"version": budget_round.version})


def changes_in(form: AreasForm) -> AreaChanges:
    """Return what the form asks for."""
    lines = {field.name: field.data for field in form}
    return AreaChanges(
        names={_key(name): text for name, text in lines.items() if name.startswith("name-")},
        removed=[_key(name) for name, tick in lines.items() if tick and name.startswith("remove-")],
        added=form.new_names,
    )


def _key(name: str) -> int:
    return int(name.partition("-")[2])
