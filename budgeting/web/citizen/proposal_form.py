"""The form a proposal is written in; it asks only for what the round leaves open."""

import secrets

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField

from budgeting.models import Area, BudgetRound, Pot, Proposal
from budgeting.rulebook.proposals import TEXT_SIGNS, TITLE_SIGNS
from budgeting.services import proposals
from budgeting.web import formats
from budgeting.web.forms import (
    AmountField,
    Form,
    SeenVersionField,
    TrimmedField,
    checks,
    options,
)
from budgeting.web.forms.cleaning import without_control_signs, without_control_signs_in_lines

EVERYWHERE = "all"
KRONE, MOST_OERE = 100, 10_000_000_000 * 100


class ProposalForm(Form):
    """Title, text and amount; a pot where there are several; a place where a pot leaves it open."""

    title = TrimmedField(
        _l("Hvad hedder forslaget?"),
        validators=[checks.Needed(_l("Skriv en titel.")), checks.at_most_signs(TITLE_SIGNS)],
        filters=[without_control_signs],
    )
    text = TextAreaField(
        _l("Hvad går det ud på?"),
        validators=[
            checks.Needed(_l("Skriv, hvad forslaget går ud på.")),
            checks.at_most_signs(TEXT_SIGNS),
        ],
        filters=[without_control_signs_in_lines],
    )
    pot = RadioField(
        _l("Hvilken pulje skal betale?"),
        coerce=int,
        validate_choice=False,
        validators=[checks.Needed(_l("Vælg en pulje."))],
    )
    area = SelectField(
        _l("Hvor skal det være?"),
        validate_choice=False,
        validators=[checks.Needed(_l("Vælg, hvor det skal være."))],
    )
    amount = AmountField(
        _l("Hvor mange penge har I brug for?"),
        validators=[checks.Needed(_l("Skriv, hvor mange penge I har brug for."))],
    )
    least = AmountField(
        _l("Hvad er det mindste, I kan nøjes med?"), [checks.between_amounts(KRONE, MOST_OERE)]
    )
    version = SeenVersionField()
    form_nonce = HiddenField(default=lambda: secrets.token_urlsafe(24))


def empty_form(budget_round: BudgetRound) -> ProposalForm:
    """Return the form of a new proposal."""
    return _fitted(ProposalForm(), budget_round)


def filled_form(proposal: Proposal) -> ProposalForm:
    """Return the form of a proposal that has been sent in before."""
    form = ProposalForm(
        data={
            "title": proposal.title,
            "text": proposal.text,
            "amount": proposal.amount_oere,
            "least": proposal.least_oere,
            "pot": proposal.pot_id,
            "area": EVERYWHERE if proposal.area_id is None else str(proposal.area_id),
            "version": proposal.version,
        }
    )
    return _fitted(form, proposal.budget_round)


def content_of(form: ProposalForm, budget_round: BudgetRound) -> proposals.Content:
    """Return what was written; what the form did not ask for follows from the round."""
    pot_id = form.pot.data if "pot" in form else budget_round.pots[0].id
    return proposals.Content(
        title=form.title.data or "",
        text=form.text.data or "",
        amount_oere=form.amount.data or 0,
        pot_id=pot_id,
        area_id=_area_id(form, budget_round, pot_id),
        least_oere=form.least.data if "least" in form else None,
    )


def typed_in(form: ProposalForm) -> dict[str, str]:
    """Return what was typed, to be carried along by the page where it is looked through."""
    typed = {name: request.form[name] for name in form.data if name in request.form}
    typed.pop("csrf_token", None)
    return typed | {"title": form.title.data or "", "text": form.text.data or ""}


def _fitted(form: ProposalForm, budget_round: BudgetRound) -> ProposalForm:
    """Take away what there is no choice about."""
    form.pot.choices = options((pot.id, _pot_label(pot)) for pot in budget_round.pots)
    form.area.choices = options(_area_choices(budget_round.areas))
    if not budget_round.in_part:
        del form.least
    if len(budget_round.pots) == 1:
        del form.pot
    if not budget_round.areas or all(pot.area_id for pot in budget_round.pots):
        del form.area
    return form


def _pot_label(pot: Pot) -> str:
    limit = formats.kr(pot.budget_limit_oere, pot.budget_round.currency)
    return f"{pot.name} ({limit})"


def _area_choices(areas: list[Area]) -> list[tuple[str, str]]:
    named = [(str(area.id), area.name) for area in formats.danish_sorted(areas, "name")]
    return [("", _("Vælg et sted")), *named, (EVERYWHERE, _("Flere steder"))]


def _area_id(form: ProposalForm, budget_round: BudgetRound, pot_id: int) -> int | None:
    """Return the place that was chosen, or the pot's own where the form did not ask."""
    if "area" not in form:
        return next((pot.area_id for pot in budget_round.pots if pot.id == pot_id), None)
    chosen = form.area.data or ""
    if chosen == EVERYWHERE:
        return None
    if not chosen.isascii() or not chosen.isdigit():
        raise proposals.UnknownArea()
    return int(chosen)
