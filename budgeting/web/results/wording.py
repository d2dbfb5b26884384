"""The small words that reasons and steps share: votes or points, names in a row, ranks, ties."""

from collections.abc import Sequence
from fractions import Fraction

from flask_babel import gettext, ngettext

from budgeting.rulebook.ballots import WITH_POINTS
from budgeting.services.results import PotResult
from budgeting.tally import Reason, RuleSettings
from budgeting.vocabulary import N_, BallotType, Completion, Rule, Utility
from budgeting.web import formats

KRONE_OERE = 100
BY_POINTS = frozenset({Utility.BORDA, Utility.BORDA_COST, Utility.POINTS, Utility.POINTS_COST})
PER_KRONE = frozenset({Utility.CARDINALITY, Utility.BORDA, Utility.POINTS})
LEFT_OVER = {
    Completion.NONE: N_("resten gives ikke ud"),
    Completion.ADD1: N_("andelene hæves lidt ad gangen"),
    Completion.ADD1_GREEDY: N_("andelene hæves, og resten går til flest stemmer"),
    Completion.GREEDY: N_("resten går til flest stemmer"),
    Completion.PHRAGMEN: N_("resten går efter Phragméns metode"),
}
RANKS = (
    N_("flest"),
    N_("næstflest"),
    N_("tredjeflest"),
    N_("fjerdeflest"),
    N_("femteflest"),
    N_("sjetteflest"),
    N_("syvendeflest"),
    N_("ottendeflest"),
    N_("niendeflest"),
    N_("tiendeflest"),
)


def support_number(result: PotResult, reason: Reason) -> int:
    """Return what the rule ordered projects by: points or votes given, else how many wanted it."""
    if not counts_points(result) or reason.score is None:
        return reason.votes
    return int(reason.score * reason.cost if is_per_krone(result) else reason.score)


def counts_points(result: PotResult) -> bool:
    """Whether the rule took projects by their sums of points: only most first does."""
    return is_greedy(result) and result.outcome.settings.utility in BY_POINTS


def spreads_votes(result: PotResult) -> bool:
    """Whether each voter had several votes, which people call votes and the tally points."""
    return result.ballot_type is BallotType.CUMULATIVE


def support_heading(result: PotResult) -> str:
    """Head the column of what projects were ordered by."""
    if result.ballot_type not in WITH_POINTS and not counts_points(result):
        return gettext("Stemmer")
    if not counts_points(result):
        return gettext("Vælgere")
    return gettext("Stemmer") if spreads_votes(result) else gettext("Point")


def is_greedy(result: PotResult) -> bool:
    """Whether most votes first decided: as the rule, or because more voters preferred it."""
    outcome = result.outcome
    return outcome.settings.rule is Rule.GREEDY or "greedy_preferred" in outcome.remarks


def is_per_krone(result: PotResult) -> bool:
    """Whether support was held against the price."""
    outcome = result.outcome
    return outcome.settings.utility in PER_KRONE and "greedy_preferred" not in outcome.remarks


def note_of(result: PotResult, reason: Reason) -> str:
    """Return what the step did at which a project was funded or fell."""
    steps = result.outcome.steps
    found = (one.note for one in steps if one.project_id == reason.project_id)
    return next(found, "")


def support(result: PotResult, reason: Reason) -> str:
    """Write the support as people say it: ``212 stemmer`` or ``480 point``."""
    number = support_number(result, reason)
    if counts_points(result) and not spreads_votes(result):
        return points(number)
    return votes(number)


def points(number: int) -> str:
    """Write a number of points: ``480 point``."""
    return ngettext("%(shown)s point", "%(shown)s point", number, shown=formats.number(number))


def votes(number: int) -> str:
    """Write a number of votes: ``1 stemme``, ``1.213 stemmer``."""
    return ngettext("%(shown)s stemme", "%(shown)s stemmer", number, shown=formats.number(number))


def supporters(result: PotResult, number: int) -> str:
    """Say how many people wanted the project, in the ballot's own words."""
    shown = formats.number(number)
    if result.ballot_type is BallotType.ORDINAL:
        return ngettext(
            "%(shown)s person satte projektet på sin liste.",
            "%(shown)s personer satte projektet på deres liste.",
            number,
            shown=shown,
        )
    if result.ballot_type is BallotType.SCORING:
        return ngettext(
            "%(shown)s person gav projektet point.",
            "%(shown)s personer gav projektet point.",
            number,
            shown=shown,
        )
    return ngettext(
        "%(shown)s person stemte på projektet.",
        "%(shown)s personer stemte på projektet.",
        number,
        shown=shown,
    )


def rank(place: int) -> str:
    """Write a place among those with most support: ``tredjeflest``."""
    if place <= len(RANKS):
        return gettext(RANKS[place - 1])
    return gettext("nummer %(place)s i rækken", place=place)


def in_a_row(names: Sequence[str]) -> str:
    """Write names as one says them: ``A, B og C``."""
    if len(names) < 2:
        return "".join(names)
    return gettext("%(first)s og %(last)s", first=", ".join(names[:-1]), last=names[-1])


def tie_rule(link: str | None) -> str:
    """Say what the rules do where projects stand level."""
    match (link or "").partition(":")[0]:
        case "cost":
            return gettext("Spillereglerne siger, at det billigste så kommer først.")
        case "votes":
            return gettext(
                "Spillereglerne siger, at det, flest vælgere har stemt på, så kommer først."
            )
        case "lot":
            return gettext(
                "Så afgør lodtrækningen det. Den var lagt fast, før den første stemme blev afgivet."
            )
        case _:
            return gettext("Så afgør projektnumrene det, som spillereglerne siger.")


def rule_name(result: PotResult) -> str:
    """Name the counting rule as citizens know it."""
    return rule_name_of(result.outcome.settings, result.ballot_type)


def rule_name_of(settings: RuleSettings, ballot_type: BallotType) -> str:
    """Name a rule as it is called for ballots of a type."""
    has_points = settings.utility in BY_POINTS and ballot_type is not BallotType.CUMULATIVE
    if settings.rule is Rule.GREEDY and has_points:
        return gettext("Flest point først")
    return gettext(settings.rule.label)


def way_name(settings: RuleSettings, ballot_type: BallotType) -> str:
    """Name a rule and what it does with money left over: ``Lige andele (...)``."""
    name = rule_name_of(settings, ballot_type)
    if settings.rule is not Rule.EQUAL_SHARES:
        return name
    return f"{name} ({gettext(LEFT_OVER[settings.completion])})"


def ended_once(text: str) -> str:
    """Let the point of ``kr.`` end a sentence too."""
    return text.replace("kr..", "kr.")


def money(result: PotResult, oere: int) -> str:
    """Write an amount in the pot's currency."""
    return formats.kr(oere, result.currency)


def whole_kroner(amount: Fraction) -> int:
    """Return an exact amount in oere, cut down to what can be paid in whole kroner."""
    return int(amount) // KRONE_OERE * KRONE_OERE
