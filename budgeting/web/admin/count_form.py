"""The form of the count: the rule, the ties, and folded away what only some rules have."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField

from budgeting.rulebook.rules import TallyRule
from budgeting.vocabulary import Comparison, Completion, Rule, Stop, Utility
from budgeting.web.admin import greedy_choices
from budgeting.web.admin.parts import PartForm
from budgeting.web.forms import CountField, checks

# These read only who named what, or in which order; nothing is chosen.
READ_ALWAYS = {
    Rule.PHRAGMEN: Utility.CARDINALITY,
    Rule.EXPANDING_APPROVALS: Utility.BORDA,
    Rule.MINIMAL_TRANSFERS: Utility.POINTS,
}
MOST_VOTES, MOST_PERCENT = 1_000_000, 100


class CountForm(PartForm):
    """How votes become money; what the chosen rule does not have is not read."""

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
        _l("Hvad sker der med penge til overs?"),
        [checks.Needed(_l("Vælg, hvad der sker med penge til overs."))],
    )
    stop = RadioField(
        _l("Når andelene hæves: hvornår stopper det?"),
        [checks.Needed(_l("Vælg, hvornår andelene ikke hæves mere."))],
    )
    comparison = RadioField(
        _l("Skal flest stemmer først gælde, hvis flere vælgere foretrækker det?"),
        [checks.Needed(_l("Vælg, om resultatet skal holdes op mod flest stemmer først."))],
    )
    misfit = RadioField(
        _l("Hvad sker der, når der ikke er penge nok til det næste projekt?"),
        [checks.Needed(_l("Vælg, hvad der sker, når der ikke er penge nok."))],
    )
    reserve_percent = CountField(
        _l("Hvor meget af prisen skal puljen mindst kunne betale, før reserven hjælper?"),
        [checks.between_counts(1, MOST_PERCENT)],
    )
    in_part = BooleanField(
        _l("Giv resten til det første projekt, der ikke er penge nok til, hvis det er aftalt")
    )
    least_votes = CountField(
        _l("Hvor mange stemmer skal et projekt mindst have?"),
        [checks.between_counts(0, MOST_VOTES)],
    )
    least_percent = CountField(
        _l("Hvor stor en del af vælgerne skal mindst have stemt på det?"),
        [checks.between_counts(0, MOST_PERCENT)],
    )
    has_groups = BooleanField(_l("Projekter kan udelukke hinanden, så højst ét af dem får penge"))

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
                return self._with_options(plain)
            case _:
                return plain

    def _with_options(self, plain: TallyRule) -> TallyRule:
        has_reserve = self.misfit.data == greedy_choices.RESERVE
        percent = self.reserve_percent.data or greedy_choices.USUAL_PERCENT
        return replace(
            plain,
            no_skip=self.misfit.data != greedy_choices.SKIP,
            reserve_percent=percent if has_reserve else 0,
            in_part=self.in_part.data,
            least_votes=self.least_votes.data or 0,
            least_percent=self.least_percent.data or 0,
            has_groups=self.has_groups.data,
        )

    @property
    def votes_fields(self) -> tuple[Field, ...]:
        """What is folded away under most votes first."""
        return (
            self.misfit,
            self.reserve_percent,
            self.in_part,
            self.least_votes,
            self.least_percent,
            self.has_groups,
        )

    @property
    def shares_fields(self) -> tuple[Field, ...]:
        """What is folded away under equal shares."""
        return (self.completion, self.stop, self.comparison)

    def must_mend(self, fields: tuple[Field, ...]) -> bool:
        """Whether something that is folded away must be mended."""
        return any(one.errors for one in fields)
