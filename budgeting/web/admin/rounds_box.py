"""*Klargør runden*: who can open the ballot box, and how long the envelopes are kept."""

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField

from budgeting.rulebook import officers
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.services import choosing_officers
from budgeting.services.choosing_officers import BoxRules
from budgeting.vocabulary import Publication
from budgeting.web import access
from budgeting.web.admin import bp, parts, rule_choices
from budgeting.web.admin.parts import ROUND, PartForm
from budgeting.web.forms import CountField, checks, options


class BoxForm(PartForm):
    """How many officers there are, and how long the envelopes are kept."""

    officers = RadioField(
        _l("Hvem kan åbne urnen?"), [checks.Needed(_l("Vælg, hvem der kan åbne urnen."))]
    )
    keys_in_files = BooleanField(_l("Nøglerne må kun ligge i filer hos nøglepersonerne"))
    publication = RadioField(
        _l("Hvor meget af stemmesedlerne må alle læse bagefter?"),
        [checks.Needed(_l("Vælg, hvor meget alle må læse."))],
    )
    objection_days = CountField(
        _l("Hvor mange dage kan man klage over optællingen?"),
        [checks.Needed(_l("Skriv et antal dage."))],
    )


@bp.route(f"{ROUND}/stemmeurne", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_box(round_slug: str) -> ResponseReturnValue:
    form = BoxForm(
        data={
            "version": g.budget_round.version,
            "officers": str(g.budget_round.officers),
            "keys_in_files": g.budget_round.keys_in_files,
            "publication": g.budget_round.publication.value,
            "objection_days": g.budget_round.objection_days,
        }
    )
    form.officers.choices = options(
        [(str(number), rule_choices.officers(number)) for number in officers.CHOICES]
    )
    form.publication.choices = options(
        (level.value, rule_choices.publication(level)) for level in Publication
    )
    if form.validate_on_submit():
        box = BoxRules(
            officers=int(form.officers.data),
            objection_days=form.objection_days.data or 0,
            publication=Publication(form.publication.data),
            keys_in_files=bool(form.keys_in_files.data),
        )
        with parts.hanging(form):
            choosing_officers.choose_box(**parts.said(form), box=box)
            return parts.saved(Part.BALLOT_BOX)
    return parts.page(Part.BALLOT_BOX, "admin/rounds/box.html", form)
