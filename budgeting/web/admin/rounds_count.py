"""*Klargør runden*: how the votes are counted, and how ties end."""

from dataclasses import replace

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField

from budgeting.models import BudgetRound
from budgeting.rulebook import readiness
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.rulebook.rules import TallyRule
from budgeting.services import setting_up
from budgeting.vocabulary import Comparison, Completion, Rule, Stop, Utility
from budgeting.web import access
from budgeting.web.admin import bp, parts, rule_choices
from budgeting.web.admin.parts import ROUND, PartForm
from budgeting.web.forms import CountField, checks, options

# These read only who named what, or in which order; nothing is chosen.
READ_ALWAYS = {Rule.PHRAGMEN: Utility.CARDINALITY, Rule.EXPANDING_APPROVALS: Utility.BORDA}
MOST_VOTES, MOST_PERCENT = 1_000_000, 100


class CountForm(PartForm):
    """The rule and the tie chain; folded away what only some rules have."""

    rule = RadioField(
        _l("Hvordan skal pengene fordeles?"),
        [checks.Needed(_l("Vælg, hvordan pengene skal fordeles."))],
    )
    ties = RadioField(
        _l("Hvad gælder, når to projekter står helt lige?"),
        [checks.Needed(_l("Vælg, hvad der gælder ved lighed."))],
    )
    utility = RadioField(
        _l("Hvad tæller på stemmesedlen?"), [checks.Needed(_l("Vælg, hvad der tæller."))]
    )
    completion = RadioField(
        _l("Kun ved lige andele: hvad sker der med penge til overs?"),
        [checks.Needed(_l("Vælg, hvad der sker med penge til overs."))],
    )
    stop = RadioField(
        _l("Kun når andelene hæves: hvornår stopper det?"),
        [checks.Needed(_l("Vælg, hvornår andelene ikke hæves mere."))],
    )
    comparison = RadioField(
        _l(
            "Kun ved lige andele: skal flest stemmer først gælde, hvis flere vælgere foretrækker det?"
        ),
        [checks.Needed(_l("Vælg, om resultatet skal holdes op mod flest stemmer først."))],
    )
    no_skip = BooleanField(
        _l("Kun ved flest stemmer først: stop ved det første projekt, der ikke er penge nok til")
    )
    least_votes = CountField(
        _l("Kun ved flest stemmer først: hvor mange stemmer skal et projekt mindst have?"),
        [checks.between_counts(0, MOST_VOTES)],
    )
    least_percent = CountField(
        _l(
            "Kun ved flest stemmer først: hvor stor en del af vælgerne skal mindst have stemt på det?"
        ),
        [checks.between_counts(0, MOST_PERCENT)],
    )

    @property
    def tally_rule(self) -> TallyRule:
        """What was chosen, in the tally's words; what the rule does not have is left out."""
        rule = Rule(self.rule.data)
        plain = TallyRule(
            rule=rule,
            utility=READ_ALWAYS.get(rule, Utility(self.utility.data)),
            completion=Completion.NONE,
            stop=Stop(self.stop.data),
            ties=tuple(self.ties.data.split(",")),
        )
        match rule:
            case Rule.EQUAL_SHARES:
                return replace(
                    plain,
                    completion=Completion(self.completion.data),
                    comparison=Comparison(self.comparison.data),
                )
            case Rule.GREEDY:
                return replace(
                    plain,
                    no_skip=self.no_skip.data,
                    least_votes=self.least_votes.data or 0,
                    least_percent=self.least_percent.data or 0,
                )
            case _:
                return plain

    @property
    def has_folded_errors(self) -> bool:
        """Whether something that is folded away must be mended."""
        folded = (self.utility, self.completion, self.stop, self.comparison)
        return any(one.errors for one in (*folded, self.least_votes, self.least_percent))


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
            "no_skip": budget_round.no_skip,
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
    form.comparison.choices = options(
        (one, _(words)) for one, words in rule_choices.COMPARISONS.items()
    )
    return form


def _completion_of(budget_round: BudgetRound) -> Completion:
    """Return what was chosen, or the usual: money left over raises the shares."""
    if budget_round.rule is Rule.EQUAL_SHARES and budget_round.completion:
        return budget_round.completion
    return Completion.ADD1
