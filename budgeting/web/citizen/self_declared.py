"""Into the booth with a mailed link, where the rulebook lets people say themselves who they are."""

from typing import Any

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, SelectField

from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import roll_entry
from budgeting.services.roll_entry import Declaration
from budgeting.vocabulary import WaysIn
from budgeting.web import access
from budgeting.web.citizen import booth_session, bp
from budgeting.web.forms import DanishDateField, Form, checks, hang, options


class DeclarationForm(Form):
    """What somebody says of themselves."""

    birth_date = DanishDateField(
        _l("Din fødselsdato"), [checks.Needed(_l("Skriv din fødselsdato."))]
    )
    area = SelectField(_l("Hvor bor du?"))
    is_true = BooleanField(
        _l("Det er rigtigt, og jeg stemmer kun én gang."),
        [checks.Needed(_l("Sæt kryds, hvis det er rigtigt."))],
    )


class KnownForm(Form):
    """Only a button: the person has said it before."""


@bp.route("/runder/<round_slug>/stem/mail", methods=["GET", "POST"])
@access.open_to(Deed.ENTER_BOOTH)
def self_declared_enter(round_slug: str) -> ResponseReturnValue:
    here = url_for("citizen.self_declared_enter", round_slug=round_slug)
    if g.budget_round.ways_in is not WaysIn.SELF_DECLARED:
        return redirect(url_for("citizen.booth_enter", round_slug=round_slug))
    if not current_user.is_authenticated:
        return render_template("citizen/booth/enter_mail.html", here=here)
    known = _enter(None)
    form: Any = _declaration_form() if known is None else KnownForm()
    if form.validate_on_submit():
        try:
            voter = known or _enter(Declaration(form.birth_date.data, int(form.area.data) or None))
        except Refusal as refusal:
            hang(refusal, form)
        else:
            assert voter is not None
            booth_session.open_for(voter)
            return redirect(url_for("citizen.booth_pots", round_slug=round_slug))
    return render_template("citizen/booth/declare.html", form=form, known=known), form.status


def _enter(declaration: Declaration | None) -> Any:
    return roll_entry.enter_self_declared(
        by=access.me(), declaration=declaration, budget_round=g.budget_round, now=g.now
    )


def _declaration_form() -> DeclarationForm:
    form = DeclarationForm()
    areas = [(str(area.id), area.name) for area in g.budget_round.areas]
    form.area.choices = options([*areas, ("0", _("Et andet sted"))])
    return form
