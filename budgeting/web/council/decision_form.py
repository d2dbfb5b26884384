"""The form the council decides with: for each project follow the vote or depart from it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, TextAreaField

from budgeting.models import Project
from budgeting.services.decisions import Choice, Facts
from budgeting.web import formats
from budgeting.web.forms import Form, TrimmedField, checks, options

MOST_SIGNS_OF_REASON = 1000
MOST_SIGNS_OF_REFERENCE = 300
FUNDED, UNFUNDED = "funded", "unfunded"


class DecisionForm(Form):
    """Where the decision was made; the projects' own fields are added for each round."""

    reference = TrimmedField(
        _l("Hvor og hvornår besluttede byrådet det?"),
        [checks.at_most_signs(MOST_SIGNS_OF_REFERENCE)],
    )

    def choice_of(self, project: Project) -> RadioField:
        """Return the field that says whether the project gets money."""
        return self[f"choice_{project.id}"]

    def is_departure(self, project: Project, *, is_recommended: bool) -> bool:
        """Whether the form departs from the vote for this project."""
        return (self.choice_of(project).data == FUNDED) != is_recommended

    def reason_of(self, project: Project) -> Field:
        """Return the field with the council's reason."""
        return self[f"reason_{project.id}"]

    @property
    def carried(self) -> dict[str, str]:
        """What was written, to be carried through the page where it is looked over."""
        return {
            field.name: field.data or ""
            for field in self
            if field.name == "reference" or field.name.startswith(("choice_", "reason_"))
        }


def form_for(facts: Facts) -> DecisionForm:
    """Return the form for these projects, set to what the vote recommends."""
    fields: dict[str, Any] = {}
    preset = {}
    for project, is_recommended in facts:
        fields[f"choice_{project.id}"] = RadioField(project.title)
        fields[f"reason_{project.id}"] = TextAreaField(
            _("Byrådets begrundelse"), [checks.at_most_signs(MOST_SIGNS_OF_REASON)]
        )
        preset[f"choice_{project.id}"] = FUNDED if is_recommended else UNFUNDED
    form: DecisionForm = type("RoundDecisionForm", (DecisionForm,), fields)(data=preset)
    for project, is_recommended in facts:
        form.choice_of(project).choices = _options(project, follows_with_money=is_recommended)
    return form


def choices_of(form: DecisionForm, facts: Facts) -> dict[int, Choice]:
    """Return what the council chose, by project id."""
    return {
        project.id: Choice(
            adopted=form.choice_of(project).data == FUNDED,
            reason=form.reason_of(project).data or "",
        )
        for project, _recommended in facts
    }


def _options(project: Project, *, follows_with_money: bool) -> list[Any]:
    if project.granted_oere is not None:
        part = formats.kr(project.granted_oere, project.pot.budget_round.currency)
        return options(
            [
                (FUNDED, _("Vedtag: projektet får %(part)s", part=part)),
                (UNFUNDED, _("Afvig: projektet får ikke penge")),
            ]
        )
    if follows_with_money:
        return options(
            [
                (FUNDED, _("Vedtag: projektet får penge")),
                (UNFUNDED, _("Afvig: projektet får ikke penge")),
            ]
        )
    return options(
        [
            (UNFUNDED, _("Vedtag: projektet får ikke penge")),
            (FUNDED, _("Afvig: projektet får penge")),
        ]
    )
