"""*Klargør runden*: who may vote, and what the ballot looks like."""

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from budgeting.models import BudgetRound
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.rulebook.rules import BallotRule
from budgeting.services import setting_up
from budgeting.vocabulary import BallotType
from budgeting.web import access
from budgeting.web.admin import bp, parts
from budgeting.web.admin.parts import ROUND, PartForm
from budgeting.web.forms import CountField, checks, options

USUAL_AGES = (10, 13, 15, 18)
OTHER = "other"
SUGGESTED_FEWEST, SUGGESTED_MOST = 3, 10


class VotersForm(PartForm):
    """How old one must be."""

    min_age = RadioField(
        _l("Hvor gammel skal man være for at stemme?"),
        [checks.Needed(_l("Vælg, hvor gammel man skal være."))],
    )
    other_age = CountField(_l("Anden alder"))

    def validate_other_age(self, field: CountField) -> None:
        """Ask for the age only where none of the usual ones was chosen."""
        if self.min_age.data == OTHER:
            checks.Needed(_("Skriv alderen i hele år."))(self, field)
            checks.between_counts(setting_up.LOWEST_AGE, setting_up.HIGHEST_AGE)(self, field)

    @property
    def age(self) -> int:
        """The age that was chosen or written."""
        chosen = self.min_age.data
        return int(self.other_age.data or 0) if chosen == OTHER else int(chosen)


class BallotForm(PartForm):
    """The ballot's type and how many projects it may name."""

    ballot_type = RadioField(
        _l("Hvordan stemmer man?"), [checks.Needed(_l("Vælg, hvordan man stemmer."))]
    )
    min_choices = CountField(
        _l("Mindst"), [checks.Needed(_l("Skriv, hvor mange projekter man mindst skal vælge."))]
    )
    max_choices = CountField(
        _l("Højst"), [checks.Needed(_l("Skriv, hvor mange projekter man højst må vælge."))]
    )


@bp.route(f"{ROUND}/hvem-maa-stemme", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_voters(round_slug: str) -> ResponseReturnValue:
    form = _voters_form(g.budget_round)
    if form.validate_on_submit():
        with parts.hanging(form):
            setting_up.choose_voters(**parts.said(form), min_age=form.age)
            return parts.saved(Part.VOTERS)
    return parts.page(Part.VOTERS, "admin/rounds/voters.html", form)


@bp.route(f"{ROUND}/stemmeseddel", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_ballot(round_slug: str) -> ResponseReturnValue:
    form = _ballot_form(g.budget_round)
    if form.validate_on_submit():
        ballot = BallotRule(
            ballot_type=BallotType(form.ballot_type.data),
            min_choices=form.min_choices.data or 0,
            max_choices=form.max_choices.data or 0,
        )
        with parts.hanging(form):
            setting_up.choose_ballot(**parts.said(form), ballot=ballot)
            return parts.saved(Part.BALLOT)
    return parts.page(Part.BALLOT, "admin/rounds/ballot.html", form)


def _voters_form(budget_round: BudgetRound) -> VotersForm:
    age = budget_round.min_age
    is_other = age is not None and age not in USUAL_AGES
    form = VotersForm(
        data={
            "version": budget_round.version,
            "min_age": OTHER if is_other else str(age) if age else None,
            "other_age": age if is_other else None,
        }
    )
    usual = [(age, _("%(age)s år", age=age)) for age in USUAL_AGES]
    form.min_age.choices = options([*usual, (OTHER, _("En anden alder"))])
    return form


def _ballot_form(budget_round: BudgetRound) -> BallotForm:
    chosen = budget_round.ballot_type
    form = BallotForm(
        data={
            "version": budget_round.version,
            "ballot_type": chosen.value if chosen else None,
            "min_choices": budget_round.min_choices or SUGGESTED_FEWEST,
            "max_choices": budget_round.max_choices or SUGGESTED_MOST,
        }
    )
    form.ballot_type.choices = options(
        [
            (BallotType.APPROVAL, _("Sæt kryds: vælgeren krydser de projekter af, som er gode")),
            (BallotType.ORDINAL, _("Prioritér: vælgeren sætter projekterne i rækkefølge")),
        ]
    )
    return form
