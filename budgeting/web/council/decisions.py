"""The council's page of a round: what the vote says, the decision, and what it became."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.extensions import db
from budgeting.rulebook.deeds import Deed
from budgeting.services import decisions, results
from budgeting.services.decisions import Facts
from budgeting.vocabulary import Phase
from budgeting.web import access
from budgeting.web.context import phase_now
from budgeting.web.council import alternatives_told, bp
from budgeting.web.council.decision_form import (
    DecisionForm,
    choices_of,
    form_for,
)
from budgeting.web.forms import hang, in_words
from budgeting.web.results import story
from budgeting.web.results.story import PotStory

EDIT = "edit"


@bp.route("/<round_slug>", methods=["GET", "POST"])
@access.open_to(Deed.SEE_COUNCIL_PAGES)
def decisions_show(round_slug: str) -> ResponseReturnValue:
    """Show the facts and the form; once looked through, the answers; once adopted, the decision."""
    if phase_now() is not Phase.DECIDING:
        return _as_it_stands()
    facts = decisions.recommended(db.session(), g.budget_round)
    form = form_for(facts)
    if request.form.get("step") != EDIT and _is_sound(form, facts):
        return _look_through(form, facts)
    return _form_page(form)


@bp.post("/<round_slug>/vedtag")
@access.open_to(Deed.ADOPT_RESULT)
def decisions_adopt(round_slug: str) -> ResponseReturnValue:
    """Adopt what was looked through; a second click finds it adopted."""
    facts = decisions.recommended(db.session(), g.budget_round)
    form = form_for(facts)
    if not _is_sound(form, facts):
        return _form_page(form)
    try:
        decisions.adopt(
            by=access.me(),
            budget_round=g.budget_round,
            choices=choices_of(form, facts),
            reference=form.reference.data or "",
            now=g.now,
        )
    except decisions.AlreadyAdopted as done:
        flash(in_words(done), "info")
    else:
        flash(_("Beslutningen er vedtaget og kan læses af alle."), "success")
    return redirect(url_for("council.decisions_show", round_slug=round_slug))


@bp.get("/<round_slug>/andre-regler")
@access.open_to(Deed.SEE_COUNCIL_PAGES)
def decisions_alternatives(round_slug: str) -> ResponseReturnValue:
    """Show what the same ballots would have given by other rules, worked out at the count."""
    if not g.budget_round.published_at:
        return _as_it_stands()
    return render_template(
        "council/decisions/alternatives.html",
        pots=[
            (one, alternatives_told.of(one), alternatives_told.has_options(one))
            for one in results.results_of(db.session(), g.budget_round)
        ],
    )


def _is_sound(form: DecisionForm, facts: Facts) -> bool:
    """Whether the form was sent and nothing stands between it and a decision."""
    form.validate_on_submit()
    if not form.is_submitted():
        return False
    for refusal in decisions.find_refusals(
        db.session(), g.budget_round, choices_of(form, facts), form.reference.data or ""
    ):
        hang(refusal, form)
    return not form.has_errors


def _form_page(form: DecisionForm) -> ResponseReturnValue:
    page = "council/decisions/show.html"
    return render_template(page, form=form, stories=_stories()), form.status


def _look_through(form: DecisionForm, facts: Facts) -> ResponseReturnValue:
    choices = choices_of(form, facts)
    return render_template(
        "council/decisions/check.html",
        form=form,
        facts=facts,
        choices=choices,
        sums=decisions.sums_of(facts, choices),
    )


def _as_it_stands() -> ResponseReturnValue:
    """Show the decision once it is made; before the result only that there is none yet."""
    if not g.budget_round.published_at:
        return render_template("council/decisions/waiting.html")
    return render_template("council/decisions/decided.html", stories=_stories())


def _stories() -> list[PotStory]:
    decided = decisions.decisions_of(db.session(), g.budget_round)
    found = results.results_of(db.session(), g.budget_round)
    return [story.told(one, decided) for one in found]
