"""*Klargør runden*: how the votes are counted, and how ties end."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.models import BudgetRound
from budgeting.rulebook import readiness
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.services import setting_up
from budgeting.vocabulary import Completion, Rule, Stop
from budgeting.web import access
from budgeting.web.admin import bp, greedy_choices, parts, rule_choices
from budgeting.web.admin.count_form import CountForm
from budgeting.web.admin.parts import ROUND
from budgeting.web.forms import options


@bp.route(f"{ROUND}/optaellingsregel", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_count(round_slug: str) -> ResponseReturnValue:
    if g.budget_round.ballot_type is None:
        flash(_("Vælg stemmesedlen først. Så kan du vælge, hvordan den tælles."), "info")
        return redirect(url_for("admin.rounds_ballot", round_slug=round_slug))
    form = _form(g.budget_round)
    if form.validate_on_submit():
        with parts.hanging(form):
            setting_up.choose_count(**parts.said(form), tally=form.tally_rule)
            return parts.saved(Part.COUNT)
    return parts.page(Part.COUNT, "admin/rounds/count.html", form)


def _form(budget_round: BudgetRound) -> CountForm:
    ballot_type = budget_round.ballot_type
    assert ballot_type is not None
    utilities = readiness.UTILITIES[ballot_type]
    known = budget_round.utility if budget_round.utility in utilities else utilities[0]
    form = CountForm(
        data={
            "version": budget_round.version,
            "rule": budget_round.rule.value if budget_round.rule else None,
            "ties": budget_round.ties or next(iter(rule_choices.TIES)),
            "utility": known.value,
            "completion": _completion_of(budget_round).value,
            "stop": (budget_round.stop or Stop.OVER_BUDGET).value,
            "comparison": budget_round.comparison.value,
            "misfit": greedy_choices.misfit_of(budget_round),
            "reserve_percent": budget_round.reserve_percent or greedy_choices.USUAL_PERCENT,
            "in_part": budget_round.in_part,
            "has_groups": budget_round.has_groups,
            "least_votes": budget_round.least_votes or None,
            "least_percent": budget_round.least_percent or None,
        }
    )
    form.rule.choices = options(
        (rule, rule_choices.rule(rule)) for rule in readiness.RULES[ballot_type]
    )
    form.ties.choices = options((chain, _(words)) for chain, words in rule_choices.TIES.items())
    form.utility.choices = options(
        (one, rule_choices.utility(ballot_type, one)) for one in utilities
    )
    form.completion.choices = options(
        (one, rule_choices.completion(one)) for one in rule_choices.COMPLETIONS
    )
    form.stop.choices = options((stop, _(words)) for stop, words in rule_choices.STOPS.items())
    form.misfit.choices = options((one, _(words)) for one, words in greedy_choices.MISFITS.items())
    form.comparison.choices = options(
        (one, _(words)) for one, words in rule_choices.COMPARISONS.items()
    )
    return form


def _completion_of(budget_round: BudgetRound) -> Completion:
    """Return what was chosen, or the usual: money left over raises the shares."""
    if budget_round.rule is Rule.EQUAL_SHARES and budget_round.completion:
        return budget_round.completion
    return Completion.ADD1
