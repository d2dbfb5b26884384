"""*Klargør runden*: who may vote, and what the ballot looks like."""

from typing import Any

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.validators import StopValidation

from budgeting.models import BudgetRound
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.rulebook.rules import BallotRule
from budgeting.services import setting_up
from budgeting.vocabulary import N_, BallotType
from budgeting.web import access
from budgeting.web.admin import bp, parts
from budgeting.web.admin.parts import ROUND, PartForm
from budgeting.web.forms import CountField, checks, options

USUAL_AGES = (10, 13, 15, 18)
OTHER = "other"
SUGGESTED_FEWEST, SUGGESTED_MOST = 3, 10
SUGGESTED_VOTES = 10
SUGGESTED_SCALE = (1, 5)
LISTS = (BallotType.APPROVAL, BallotType.ORDINAL)
TYPES = {
    BallotType.APPROVAL: N_("Sæt kryds: vælgeren krydser de projekter af, som er gode"),
    BallotType.KNAPSACK: N_("Fordel puljen: vælgeren vælger projekter, til pengene er brugt"),
    BallotType.ORDINAL: N_("Prioritér: vælgeren sætter projekterne i rækkefølge"),
    BallotType.CUMULATIVE: N_(
        "Fordel stemmer: vælgeren har flere stemmer, og de må gerne gå til det samme projekt"
    ),
    BallotType.SCORING: N_("Giv point: vælgeren giver hvert projekt point"),
}


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


class for_types:  # noqa: N801 - reads as a preposition where it is used
    """Asks for a field only where the ballot is of one of these types, and forgets it elsewhere."""

    def __init__(self, *types: BallotType, needed: Any) -> None:
        """Keep the types, and what to say where the field is empty."""
        self.types, self.needed = types, checks.Needed(needed)

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse an empty field of the chosen type; let go of the others, which are not shown."""
        if form.ballot_type.data in self.types:
            self.needed(form, field)
            return
        field.errors = []
        raise StopValidation


class BallotForm(PartForm):
    """The ballot's type and what one may do on it; only what belongs to the type is asked for."""

    ballot_type = RadioField(
        _l("Hvordan stemmer man?"), [checks.Needed(_l("Vælg, hvordan man stemmer."))]
    )
    min_choices = CountField(
        _l("Mindst"),
        [for_types(*LISTS, needed=_l("Skriv, hvor mange projekter man mindst skal vælge."))],
    )
    max_choices = CountField(
        _l("Højst"),
        [for_types(*LISTS, needed=_l("Skriv, hvor mange projekter man højst må vælge."))],
    )
    votes_each = CountField(
        _l("Stemmer til hver vælger"),
        [for_types(BallotType.CUMULATIVE, needed=_l("Skriv, hvor mange stemmer hver vælger har."))],
    )
    most_per_project = CountField(
        _l("Højst til det samme projekt"),
        [
            for_types(
                BallotType.CUMULATIVE,
                needed=_l("Skriv, hvor mange stemmer et projekt højst må få af én vælger."),
            )
        ],
    )
    lowest_points = CountField(
        _l("Fra"), [for_types(BallotType.SCORING, needed=_l("Skriv det laveste antal point."))]
    )
    highest_points = CountField(
        _l("Til"), [for_types(BallotType.SCORING, needed=_l("Skriv det højeste antal point."))]
    )
    must_score_all = BooleanField(_l("Stemmen tæller kun, hvis alle projekter har fået point"))
    min_scored = CountField(
        _l("Ellers mindst"),
        [
            for_types(
                BallotType.SCORING,
                needed=_l("Skriv, hvor mange projekter man mindst skal give point."),
            )
        ],
    )

    @property
    def rule(self) -> BallotRule:
        """What was chosen; the service keeps of it what the type has."""
        is_scoring = self.ballot_type.data == BallotType.SCORING
        fewest = self.min_scored if is_scoring else self.min_choices
        return BallotRule(
            ballot_type=BallotType(self.ballot_type.data),
            min_choices=fewest.data or 0,
            max_choices=self.max_choices.data or 0,
            votes_each=self.votes_each.data or 0,
            most_per_project=self.most_per_project.data or 0,
            lowest_points=self.lowest_points.data or 0,
            highest_points=self.highest_points.data or 0,
            must_score_all=bool(self.must_score_all.data),
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
        with parts.hanging(form):
            setting_up.choose_ballot(**parts.said(form), ballot=form.rule)
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
    is_scoring = chosen is BallotType.SCORING
    form = BallotForm(
        data={
            "version": budget_round.version,
            "ballot_type": chosen.value if chosen else None,
            "min_choices": SUGGESTED_FEWEST,
            "min_scored": SUGGESTED_FEWEST,
            "max_choices": budget_round.max_choices or SUGGESTED_MOST,
            "votes_each": budget_round.votes_each or SUGGESTED_VOTES,
            "most_per_project": budget_round.most_per_project or SUGGESTED_VOTES,
            "lowest_points": budget_round.lowest_points if is_scoring else SUGGESTED_SCALE[0],
            "highest_points": budget_round.highest_points or SUGGESTED_SCALE[1],
            "must_score_all": budget_round.must_score_all,
        }
        | _fewest(budget_round)
    )
    form.ballot_type.choices = options((kind, _(words)) for kind, words in TYPES.items())
    return form


def _fewest(budget_round: BudgetRound) -> dict[str, int | None]:
    """Return the least number that was chosen, under the field of its type."""
    if budget_round.ballot_type in LISTS:
        return {"min_choices": budget_round.min_choices}
    if budget_round.ballot_type is BallotType.SCORING and not budget_round.must_score_all:
        return {"min_scored": budget_round.min_choices}
    return {}
