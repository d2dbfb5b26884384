"""What the booth says: how many one may choose, how many are chosen, and what is handed in."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from budgeting.models import Pot, Voter
from budgeting.rulebook import ballots
from budgeting.rulebook.rules import BallotRule
from budgeting.services import voting
from budgeting.services.voting import HandedIn
from budgeting.vocabulary import BallotType
from budgeting.web import formats
from budgeting.web.citizen import booth_marks
from budgeting.web.citizen.booth_moves import Move
from budgeting.web.citizen.booth_sheet import Sheet

NO_BREAK = "\u00a0"


def limits(rule: BallotRule, projects: int) -> str:
    """Say how many projects to choose: ``Vælg 1-3 projekter``, or what there is to give."""
    match rule.ballot_type:
        case BallotType.KNAPSACK:
            return _("Fordel puljen")
        case BallotType.CUMULATIVE:
            return ngettext("Giv din stemme", "Fordel dine %(num)d stemmer", rule.votes_each)
        case BallotType.SCORING:
            return _(
                "Giv point fra %(low)s til %(high)s",
                low=rule.lowest_points,
                high=rule.highest_points,
            )
        case _:
            return _how_many(rule, projects)


def _how_many(rule: BallotRule, projects: int) -> str:
    low, high = ballots.limits(rule, projects)
    is_ranked = rule.ballot_type is BallotType.ORDINAL
    if high == projects and high > 1:
        return _at_least(low, is_ranked)
    span = str(high) if low == high else f"{low}-{high}"
    if is_ranked:
        return ngettext(
            "Vælg %(span)s projekt",
            "Sæt %(span)s projekter i rækkefølge",
            high,
            span=span,
        )
    return ngettext("Vælg %(span)s projekt", "Vælg %(span)s projekter", high, span=span)


def _at_least(low: int, is_ranked: bool) -> str:  # noqa: FBT001 - one sentence or the other
    if is_ranked:
        return ngettext(
            "Sæt mindst %(num)d projekt i rækkefølge",
            "Sæt mindst %(num)d projekter i rækkefølge",
            low,
        )
    if low <= 1:
        return _("Vælg så mange projekter, du vil")
    return _("Vælg mindst %(low)s projekter", low=low)


def advice(rule: BallotRule) -> str:
    """Say in a sentence what to do on this kind of ballot."""
    match rule.ballot_type:
        case BallotType.KNAPSACK:
            return _("Vælg så mange projekter, du vil, så længe der er penge til dem.")
        case BallotType.ORDINAL:
            return _("Det bedste øverst.")
        case BallotType.CUMULATIVE:
            return _cap(rule)
        case BallotType.SCORING if rule.must_score_all:
            return _("Giv alle projekter point. Ellers tæller stemmen ikke.")
        case BallotType.SCORING:
            return ngettext(
                "Giv point til mindst %(num)d projekt. %(high)s er bedst.",
                "Giv point til mindst %(num)d projekter. %(high)s er bedst.",
                rule.min_choices,
                high=rule.highest_points,
            )
        case _:
            return _("Sæt kryds ved dem, du bedst kan lide.")


def _cap(rule: BallotRule) -> str:
    if rule.votes_each == 1:
        return _("Giv den til det projekt, du helst vil have.")
    if rule.most_per_project == 1:
        return _("Du kan give hvert projekt én stemme.")
    if rule.most_per_project == rule.votes_each:
        return _("De må godt gå til det samme projekt alle sammen.")
    return _("Du kan give det samme projekt op til %(most)s stemmer.", most=rule.most_per_project)


def moved(sheet: Sheet, move: Move | None) -> str:
    """Say where a project stands after a move, for those who do not see it."""
    if move is None:
        return ""
    for line in sheet.listed:
        if move.verb in ("more", "less") and line.value == move.project:
            number = booth_marks.number(line.given) or 0
            return ngettext(
                "%(title)s har %(num)d stemme.",
                "%(title)s har %(num)d stemmer.",
                number,
                title=line.title,
            )
    for place, line in enumerate(sheet.ranked, start=1):
        if line.value == move.project:
            return _("%(title)s er nummer %(place)s.", title=line.title, place=place)
    taken_off = [line for line in sheet.listed if line.value == move.project]
    if not taken_off or move.verb != "remove":
        return ""
    return _("%(title)s er taget af listen.", title=taken_off[0].title)


def state(handed_in: HandedIn | None, now: datetime) -> str:
    """Say whether a ballot is in the box: ``Ikke afleveret endnu`` or ``Afleveret kl. 14.32``."""
    if handed_in is None:
        return _("Ikke afleveret endnu")
    return _("Afleveret %(when)s", when=moment(handed_in.at, now))


def state_in(voter: Voter, pot: Pot, now: datetime) -> str:
    """Say whether the voter's ballot is in the box, or was given in on paper."""
    if voting.has_voted_on_paper(voter, pot):
        return _("Stemt på papir")
    return state(voting.state_of(voter, pot), now)


def is_missing(voter: Voter, pot: Pot) -> bool:
    """Whether the voter has still to vote in the pot."""
    return voting.state_of(voter, pot) is None and not voting.has_voted_on_paper(voter, pot)


def draft_state(handed_in: HandedIn | None, now: datetime, chosen: int) -> str:
    """Say whether what is on the screen is in the box; an earlier vote stands until it is."""
    if handed_in is not None and chosen:
        return _("Den nye stemme er ikke afleveret endnu")
    return state(handed_in, now)


def moment(at: datetime, now: datetime) -> str:
    """Say when: only the time for today, else the day too."""
    if formats.danish_time(at).date() == formats.danish_time(now).date():
        return formats.clock_time(at).replace(" ", NO_BREAK)
    return formats.when(at)
