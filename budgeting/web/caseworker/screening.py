"""Answering a proposal, and publishing all answers at once."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from budgeting.extensions import db
from budgeting.models import Proposal
from budgeting.refusals import EditedMeanwhile, Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import proposal_lists, screening, screening_queue
from budgeting.services.screening import Answer, Seen
from budgeting.vocabulary import ScreeningOutcome
from budgeting.web import access
from budgeting.web.caseworker import bp, letters
from budgeting.web.forms import (
    AmountField,
    Form,
    SeenVersionField,
    checks,
    hang,
    in_words,
    options,
    options_of,
)

MOST_SIGNS_OF_REASON = 2000
KRONE, MOST_OERE = 100, 10_000_000_000 * 100


class AnswerForm(Form):
    """Approve with a cost, or reject with a reason."""

    outcome = RadioField(
        _l("Skal forslaget med i afstemningen?"),
        [checks.Needed(_l("Vælg, om forslaget er godkendt."))],
    )
    cost = AmountField(_l("Pris"))
    least = AmountField(_l("Mindste beløb"), [checks.between_amounts(KRONE, MOST_OERE)])
    categories = SelectMultipleField(
        _l("Hører det til her?"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    reason = TextAreaField(_l("Begrundelse"), [checks.at_most_signs(MOST_SIGNS_OF_REASON)])
    version = SeenVersionField()
    proposal_version = SeenVersionField()


class FinishForm(Form):
    """Only a button."""


@bp.route("/<round_slug>/forslag/<int(max=2147483647):proposal_id>", methods=["GET", "POST"])
@access.open_to(Deed.SCREEN_PROPOSAL)
def screening_edit(round_slug: str, proposal_id: int) -> ResponseReturnValue:
    proposal = _proposal_or_404(proposal_id)
    form = _filled_form(proposal)
    answered_meanwhile = False
    if form.validate_on_submit():
        try:
            screening.answer(
                by=access.me(),
                proposal=proposal,
                answer=_answer_of(form),
                seen=Seen(form.proposal_version.data or 0, form.version.data or 0),
                now=g.now,
            )
        except Refusal as refusal:
            answered_meanwhile = isinstance(refusal, EditedMeanwhile)
            _hang(refusal, form, proposal)
        else:
            flash(_("Svaret på „%(title)s“ er gemt.", title=proposal.title), "success")
            return redirect(url_for("caseworker.queue_show", round_slug=round_slug))
    page = "caseworker/screening/edit.html"
    return (
        render_template(page, form=form, proposal=proposal, is_edited=answered_meanwhile),
        form.status,
    )


@bp.route("/<round_slug>/afslut", methods=["GET", "POST"])
@access.open_to(Deed.FINISH_SCREENING)
def screening_finish(round_slug: str) -> ResponseReturnValue:
    form = FinishForm()
    if form.validate_on_submit():
        try:
            screening.finish(
                by=access.me(), budget_round=g.budget_round, now=g.now, write_letter=letters.answer
            )
        except screening.AlreadyFinished as done:
            flash(in_words(done), "info")
        except Refusal as refusal:
            hang(refusal, form)
        else:
            flash(_("Vurderingen er afsluttet. Alle svar er offentlige nu."), "success")
        if not form.has_errors:
            return redirect(url_for("caseworker.queue_show", round_slug=round_slug))
    queue = screening_queue.queue_of(db.session(), g.budget_round)
    page = "caseworker/screening/finish.html"
    return render_template(page, form=form, queue=queue), form.status


def _proposal_or_404(proposal_id: int) -> Proposal:
    found = proposal_lists.find(db.session(), g.budget_round, proposal_id)
    if found is None or found.is_withdrawn:
        abort(404)
    return found


def _filled_form(proposal: Proposal) -> AnswerForm:
    answered = proposal.screening
    form = AnswerForm(
        data={
            "outcome": answered.outcome.value if answered else None,
            "cost": (answered.cost_oere if answered else None) or proposal.amount_oere,
            "least": answered.least_oere if answered else proposal.least_oere,
            "categories": answered.categories if answered else [],
            "reason": answered.reason if answered else "",
            "version": answered.version if answered else screening.UNANSWERED,
            "proposal_version": proposal.version,
        }
    )
    form.outcome.choices = options_of(ScreeningOutcome)
    form.categories.choices = options((one, one) for one in _categories(proposal))
    if not proposal.budget_round.in_part:
        del form.least
    if not form.categories.choices:
        del form.categories
    return form


def _categories(proposal: Proposal) -> list[str]:
    """Return the kinds of projects that have a cap in the proposal's pot."""
    return [cap.category for cap in proposal.pot.caps if cap.category]


def _answer_of(form: AnswerForm) -> Answer:
    return Answer(
        outcome=ScreeningOutcome(form.outcome.data),
        cost_oere=form.cost.data,
        reason=form.reason.data or "",
        least_oere=form.least.data if "least" in form else None,
        categories=tuple(form.categories.data or ()) if "categories" in form else (),
    )


def _hang(refusal: Refusal, form: AnswerForm, proposal: Proposal) -> None:
    """Show the refusal; whoever was told of another's change may save over it next time."""
    hang(refusal, form)
    if isinstance(refusal, EditedMeanwhile):
        form.proposal_version.data = proposal.version
        form.version.data = (
            proposal.screening.version if proposal.screening else screening.UNANSWERED
        )
