"""The line at the foot of a ballot: how many are chosen, what is spent, how many votes are left."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from budgeting.models import Pot, Project
from budgeting.rulebook import ballots
from budgeting.rulebook.rules import BallotRule
from budgeting.vocabulary import BallotType
from budgeting.web import bars, formats
from budgeting.web.citizen.booth_marks import Marks

# Stands where the script in the booth writes a number or an amount.
PLACE = "#"


@dataclass(frozen=True, repr=False)
class Standing:
    """What is used so far of what there is, in words and as the width of a bar."""

    words: str
    used: int
    most: int
    has_bar: bool = False

    @property
    def is_over(self) -> bool:
        """Whether more is used than there is."""
        return self.used > self.most

    @property
    def width(self) -> str:
        """How much of the bar is filled."""
        return bars.percent(min(self.used, self.most), self.most)


def standing(rule: BallotRule, marks: Marks, pot: Pot, projects: Sequence[Project]) -> Standing:
    """Return how far a voter has come."""
    low, high = ballots.limits(rule, len(projects))
    number = len(marks.choices)
    match rule.ballot_type:
        case BallotType.KNAPSACK:
            used = sum(one.cost_oere for one in projects if one.ballot_id in marks.choices)
            return Standing(spent(used, pot), used, pot.budget_limit_oere, has_bar=True)
        case BallotType.CUMULATIVE:
            words = votes(marks.given, rule.votes_each)
            return Standing(words, marks.given, rule.votes_each, has_bar=True)
        case BallotType.SCORING:
            return Standing(scored(number, low, high), number, high)
        case _:
            return Standing(chosen(number, low, high), number, high)


def all_words(rule: BallotRule, projects: int) -> list[str]:
    """Return the words for each number from none up; sums of money are written as they come."""
    low, high = ballots.limits(rule, projects)
    match rule.ballot_type:
        case BallotType.KNAPSACK:
            return []
        case BallotType.CUMULATIVE:
            return [votes(number, rule.votes_each) for number in range(rule.votes_each + 1)]
        case BallotType.SCORING:
            return [scored(number, low, high) for number in range(projects + 1)]
        case _:
            return [chosen(number, low, high) for number in range(projects + 1)]


def chosen(number: int, low: int, high: int) -> str:
    """Say how many projects are chosen."""
    if number == 0:
        return _("Ingen valgt endnu")
    if number < low:
        return _("%(number)s valgt, vælg mindst %(low)s", number=number, low=low)
    if number > high:
        return _(
            "%(number)s valgt, det er for mange. Vælg højst %(high)s", number=number, high=high
        )
    return _("%(number)s valgt af højst %(high)s", number=number, high=high)


def spent(used: int, pot: Pot) -> str:
    """Say what is spent of the pot and what is left."""
    limit, currency = pot.budget_limit_oere, pot.budget_round.currency
    if used > limit:
        return spent_over(formats.kr(used - limit, currency))
    return spent_within(formats.kr(used, currency), formats.kr(limit - used, currency))


def spent_within(used: str, left: str) -> str:
    """Say what is spent where it is within the pot."""
    return _("%(used)s brugt, %(left)s tilbage", used=used, left=left)


def spent_over(over: str) -> str:
    """Say how much too much is spent."""
    return _("%(over)s for meget. Tag noget fra igen", over=over)


def too_dear(short: str) -> str:
    """Say of a project that it costs more than what is left."""
    return _("Koster %(short)s mere, end du har tilbage", short=short)


def votes(number: int, votes_each: int) -> str:
    """Say how many votes are used and how many are left."""
    if number > votes_each:
        return votes_over(str(number), votes_each)
    used = ngettext(
        "%(number)s af %(num)d stemme brugt",
        "%(number)s af %(num)d stemmer brugt",
        votes_each,
        number=number,
    )
    if number == votes_each:
        return used
    return _("%(used)s, %(left)s tilbage", used=used, left=votes_each - number)


def votes_over(number: str, votes_each: int) -> str:
    """Say that more votes are given than there are."""
    return _(
        "%(number)s stemmer givet, det er for mange. Du har %(votes)s",
        number=number,
        votes=votes_each,
    )


def scored(number: int, low: int, high: int) -> str:
    """Say how many projects have got points."""
    if number < low == high:
        return _(
            "%(number)s af %(high)s projekter har fået point, alle skal have",
            number=number,
            high=high,
        )
    if number < low:
        return _(
            "%(number)s af %(high)s projekter har fået point, giv mindst %(low)s",
            number=number,
            high=high,
            low=low,
        )
    return _("%(number)s af %(high)s projekter har fået point", number=number, high=high)


def left_over(rule: BallotRule, marks: Marks) -> str:
    """Say before handing in that votes are not used; nothing where all are."""
    left = rule.votes_each - marks.given
    if rule.ballot_type is not BallotType.CUMULATIVE or not left:
        return ""
    return ngettext(
        "Du har %(num)d stemme, du ikke har brugt.",
        "Du har %(num)d stemmer, du ikke har brugt.",
        left,
    )


def beside(rule: BallotRule, points: int) -> str:
    """Write what one project got: ``2 stemmer`` or ``4 point``."""
    if rule.ballot_type is BallotType.CUMULATIVE:
        return ngettext("%(num)d stemme", "%(num)d stemmer", points)
    return ngettext("%(num)d point", "%(num)d point", points)
