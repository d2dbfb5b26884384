"""Why a project got money, or why it did not: one or a few plain sentences, and no blame."""

from collections.abc import Iterator
from fractions import Fraction

from flask_babel import gettext, ngettext

from budgeting.models import Project
from budgeting.services.results import PotResult
from budgeting.tally import Reason
from budgeting.vocabulary import BallotType, ReasonKind, Rule
from budgeting.web import formats
from budgeting.web.results import closeness, options_told, transfers_told, wording


def why(result: PotResult, project: Project) -> str:
    """Return the reason as it is told to everyone."""
    reason = result.reason_of(project)
    told = [*_sentences(result, reason)]
    if reason.kind not in (ReasonKind.FUNDED, ReasonKind.FUNDED_IN_PART):
        told += closeness.sentences(result, reason)
    return wording.ended_once(" ".join(told))


def _sentences(result: PotResult, reason: Reason) -> Iterator[str]:
    match reason.kind:
        case ReasonKind.NO_SUPPORT:
            yield _no_support(result)
        case ReasonKind.DEARER_THAN_POT:
            yield gettext(
                "Koster %(cost)s, og der er %(limit)s i hele puljen. "
                "Derfor var der ikke plads til det i denne runde.",
                cost=wording.money(result, reason.cost),
                limit=wording.money(result, result.outcome.budget_limit),
            )
        case ReasonKind.EXCLUDED:
            yield gettext("Fik %(support)s.", support=wording.support(result, reason))
            yield from options_told.excluded(result, reason)
        case _ if wording.is_greedy(result):
            yield from _greedy(result, reason)
        case _ if result.outcome.settings.rule is Rule.PHRAGMEN:
            yield from _carried(result, reason)
        case _ if result.outcome.settings.rule is Rule.MINIMAL_TRANSFERS:
            yield from _transferred(result, reason)
        case _:
            yield from _shares(result, reason)


def _no_support(result: PotResult) -> str:
    match result.ballot_type:
        case BallotType.ORDINAL:
            return gettext("Ingen satte projektet på sin liste denne gang.")
        case BallotType.KNAPSACK:
            return gettext("Ingen valgte projektet denne gang.")
        case BallotType.CUMULATIVE:
            return gettext("Ingen gav projektet stemmer denne gang.")
        case BallotType.SCORING:
            return gettext("Ingen gav projektet point denne gang.")
        case _:
            return gettext("Ingen satte kryds ved projektet denne gang.")


def _greedy(result: PotResult, reason: Reason) -> Iterator[str]:
    """Most votes first: how many, and what was left when its turn came."""
    yield _support(result, reason)
    if reason.tied_with:
        yield wording.tie_rule(reason.tie_link)
    match reason.kind:
        case ReasonKind.FUNDED:
            if wording.note_of(result, reason) == options_told.RESERVE:
                yield options_told.from_reserve(result, reason)
            else:
                yield _money_was_there(result, reason)
        case ReasonKind.FUNDED_IN_PART:
            yield from options_told.in_part(result, reason)
        case ReasonKind.TOO_LITTLE_SUPPORT:
            yield gettext("Spillereglerne kræver flere, før et projekt kan få penge.")
        case _:
            yield from _money_was_gone(result, reason)
            yield from options_told.too_little(result, reason)


def _support(result: PotResult, reason: Reason) -> str:
    shown = wording.support(result, reason)
    if wording.is_per_krone(result):
        return _support_per_krone(result, reason, shown)
    if reason.tied_with:
        return gettext(
            "Fik %(support)s, lige så mange som %(others)s.",
            support=shown,
            others=wording.in_a_row(result.titles_of(reason.tied_with)),
        )
    if not reason.is_funded:
        return gettext("Fik %(support)s.", support=shown)
    return gettext(
        "Fik %(support)s, %(rank)s.", support=shown, rank=wording.rank(_place(result, reason))
    )


def _support_per_krone(result: PotResult, reason: Reason, shown: str) -> str:
    if reason.tied_with:
        return gettext(
            "Fik %(support)s. Set i forhold til prisen stod det lige med %(others)s.",
            support=shown,
            others=wording.in_a_row(result.titles_of(reason.tied_with)),
        )
    if not reason.is_funded:
        return gettext("Fik %(support)s.", support=shown)
    return gettext(
        "Fik %(support)s. Set i forhold til prisen var det nummer %(place)s.",
        support=shown,
        place=_place(result, reason),
    )


def _place(result: PotResult, reason: Reason) -> int:
    """Return the place in the order of support, which is the order projects were looked at."""
    scores = (one.score for one in result.outcome.reasons.values())
    mine = reason.score or Fraction()
    return 1 + sum(score is not None and score > mine for score in scores)


def _money_was_there(result: PotResult, reason: Reason) -> str:
    left = reason.left_before or 0
    amounts = {
        "left": wording.money(result, left),
        "cost": wording.money(result, reason.cost),
    }
    if left == result.outcome.budget_limit:
        return gettext("Der var %(left)s i puljen, og projektet koster %(cost)s.", **amounts)
    return gettext("Der var %(left)s tilbage, og projektet koster %(cost)s.", **amounts)


def _money_was_gone(result: PotResult, reason: Reason) -> Iterator[str]:
    left = reason.left_before or 0
    amounts = {
        "left": wording.money(result, left),
        "cost": wording.money(result, reason.cost),
    }
    if wording.note_of(result, reason) == "not_reached":
        yield gettext("Vi stoppede, før turen kom til projektet, som spillereglerne siger.")
    elif left:
        yield gettext(
            "Da turen kom til projektet, var der %(left)s tilbage; det koster %(cost)s.", **amounts
        )
    else:
        yield gettext(
            "Da turen kom til projektet, var alle pengene givet ud; det koster %(cost)s.", **amounts
        )


def _carried(result: PotResult, reason: Reason) -> Iterator[str]:
    """Phragmen: who carried the price together, or what was left when its turn came."""
    yield wording.supporters(result, reason.votes)
    yield from _level_with(result, reason)
    if reason.is_funded:
        yield gettext(
            "De bar prisen på %(cost)s sammen. Af de projekter, der var tilbage, var det her hver "
            "af dem kom til at bære mindst.",
            cost=wording.money(result, reason.cost),
        )
    elif reason.step is None:
        yield gettext("Vi stoppede, før turen kom til projektet, som spillereglerne siger.")
    else:
        yield from _money_was_gone(result, reason)


def _transferred(result: PotResult, reason: Reason) -> Iterator[str]:
    """Minimal transfers: whose money paid, or what was left when its turn came."""
    yield wording.supporters(result, reason.votes)
    yield from _level_with(result, reason)
    yield from transfers_told.reason(result, reason)
    if not reason.is_funded:
        yield from _money_was_gone(result, reason)


def _level_with(result: PotResult, reason: Reason) -> Iterator[str]:
    if reason.tied_with:
        yield gettext(
            "Det stod lige med %(others)s.",
            others=wording.in_a_row(result.titles_of(reason.tied_with)),
        )
        yield wording.tie_rule(reason.tie_link)


def _shares(result: PotResult, reason: Reason) -> Iterator[str]:
    """An equal share for everyone: who wanted it, and what they had left together."""
    yield wording.supporters(result, reason.votes)
    yield from _level_with(result, reason)
    if wording.note_of(result, reason) == "completion":
        yield gettext(
            "Det fik de %(cost)s, det koster, af de penge, der var til overs.",
            cost=wording.money(result, reason.cost),
        )
    elif reason.is_funded:
        yield ngettext(
            "Prisen på %(cost)s blev betalt af andelen.",
            "De delte prisen på %(cost)s og betalte den af deres andele.",
            reason.votes,
            cost=wording.money(result, reason.cost),
        )
    elif reason.supporters_money is None:
        yield gettext("Efter spillereglerne kom andre projekter først.")
    else:
        yield from _shares_ran_short(result, reason, reason.supporters_money)


def _shares_ran_short(result: PotResult, reason: Reason, exact: Fraction) -> Iterator[str]:
    had = wording.whole_kroner(exact)
    amounts = {
        "had": wording.money(result, had),
        "cost": wording.money(result, reason.cost),
    }
    if had:
        yield ngettext(
            "Der var %(had)s tilbage af andelen; det koster %(cost)s.",
            "Tilsammen havde de %(had)s tilbage af deres andele; det koster %(cost)s.",
            reason.votes,
            **amounts,
        )
    else:
        yield ngettext(
            "Andelen var brugt på andre projekter; det koster %(cost)s.",
            "De havde brugt deres andele på andre projekter; det koster %(cost)s.",
            reason.votes,
            **amounts,
        )
    yield gettext(
        "Der manglede %(missing)s.", missing=formats.kr(reason.cost - had, result.currency)
    )
