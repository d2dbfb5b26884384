"""*Klargør runden*: how the votes are counted, and how ties end."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from budgeting.models import BudgetRound
from budgeting.rulebook import readiness
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.rulebook.rules import TallyRule
from budgeting.services import setting_up
from budgeting.vocabulary import Completion, Rule, Stop, Utility
from budgeting.web import access
from budgeting.web.admin import bp, parts, rule_choices
from budgeting.web.admin.parts import ROUND, PartForm
from budgeting.web.forms import checks, options

# Money that equal shares leaves over is handed out by raising the shares; greedy leaves none.
COMPLETIONS = {Rule.GREEDY: Completion.NONE, Rule.EQUAL_SHARES: Completion.ADD1}


class CountForm(PartForm):
    """The rule, what it reads on the ballot, when it stops, and the tie chain."""

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
    stop = RadioField(
        _l("Kun ved lige andele: hvad sker der med penge til overs?"),
        [checks.Needed(_l("Vælg, hvad der sker med penge til overs."))],
    )

    @property
    def tally_rule(self) -> TallyRule:
        """What was chosen, in the tally's words."""
        rule = Rule(self.rule.data)
        return TallyRule(
            rule=rule,
            utility=Utility(self.utility.data),
            completion=COMPLETIONS[rule],
            stop=Stop(self.stop.data),
            ties=tuple(self.ties.data.split(",")),
        )


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
            "stop": (budget_round.stop or Stop.OVER_BUDGET).value,
        }
    )
    form.rule.choices = options((rule, _(words)) for rule, words in rule_choices.RULES.items())
    form.ties.choices = options((chain, _(words)) for chain, words in rule_choices.TIES.items())
    form.utility.choices = options(
        (one, rule_choices.utility(ballot_type, one)) for one in utilities
    )
    form.stop.choices = options((stop, _(words)) for stop, words in rule_choices.STOPS.items())
    return form
