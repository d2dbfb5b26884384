"""Other rules' answers as the council reads them: what they give whom, and no blame."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext

from budgeting.services import alternatives, turnout
from budgeting.services.alternatives import Alternative, Neglected
from budgeting.services.results import PotResult
from budgeting.tally import GreedyOptions
from budgeting.vocabulary import Rule
from budgeting.web import formats
from budgeting.web.results import wording


@dataclass(frozen=True)
class Told:
    """One rule's answer in words; ``remarks`` is what one must know to read it rightly."""

    name: str
    is_chosen: bool
    titles: list[str]
    remarks: list[str]
    spent: str
    left: str
    with_one: str
    mean: str
    by_area: str
    fairness: str


def of(result: PotResult) -> list[Told]:
    """Tell the pot's own outcome first, then those of the other rules."""
    return [_told(result, one) for one in alternatives.of(result)]


def has_options(result: PotResult) -> bool:
    """Whether the round's rule adds something that the other ways of counting do not know."""
    return result.outcome.settings.greedy != GreedyOptions()


def _told(result: PotResult, one: Alternative) -> Told:
    return Told(
        name=_name(result, one),
        is_chosen=one.is_chosen,
        titles=[
            gettext("%(title)s (får en del)", title=title) if title in one.in_part else title
            for title in one.titles
        ],
        remarks=[wording.ended_once(remark) for remark in _remarks(result, one)],
        spent=wording.money(result, one.total_cost_oere),
        left=wording.money(result, one.left_oere),
        with_one=formats.share(one.share_with_one.numerator, one.share_with_one.denominator),
        mean=wording.money(result, one.mean_funded_oere // 100 * 100),
        by_area=_by_area(one),
        fairness=wording.ended_once(_fairness(result, one.neglected)),
    )


def _name(result: PotResult, one: Alternative) -> str:
    name = wording.way_name(one.settings, result.ballot_type)
    if one.settings.rule is Rule.GREEDY and not one.is_chosen and has_options(result):
        return gettext("%(rule)s (uden det, spillereglerne lægger til)", rule=name)
    return name


def _remarks(result: PotResult, one: Alternative) -> Iterator[str]:
    if one.coarse_raise_oere:
        yield gettext(
            "Cirka: andelene er her hævet %(raised)s ad gangen. En krone ad gangen ville tage for "
            "lang tid at tælle. Det nøjagtige svar kan være lidt anderledes.",
            raised=wording.money(result, one.coarse_raise_oere),
        )
    if one.reserve_oere:
        yield gettext(
            "%(reserve)s kommer fra reserven.", reserve=wording.money(result, one.reserve_oere)
        )
    for titles in one.clashing:
        yield gettext(
            "Her får %(titles)s penge, selv om de udelukker hinanden.",
            titles=wording.in_a_row(titles),
        )


def _by_area(one: Alternative) -> str:
    """Say where the money goes, greatest share first; nothing where projects have no area."""
    if not any(name for name, _share in one.by_area):
        return ""
    return ", ".join(
        f"{name or gettext('Hele området')} {formats.share(share.numerator, share.denominator)}"
        for name, share in one.by_area
    )


def _fairness(result: PotResult, neglected: Neglected | None) -> str:
    if neglected is None:
        return gettext(
            "Ingen gruppe, der var enig om et projekt, fik mindre end sin del af puljen."
        )
    words = {
        "title": neglected.title,
        "claim": wording.money(result, neglected.claim_oere // 100 * 100),
        "got": wording.money(result, neglected.most_got_oere),
    }
    if neglected.voters < turnout.FEWEST_SHOWN:
        return gettext(
            "En lille gruppe var enig om %(title)s. Deres del af puljen kunne have betalt det, "
            "og de fik mindre end den.",
            **words,
        )
    if not neglected.most_got_oere:
        return gettext(
            "%(voters)s vælgere var enige om %(title)s. Deres del af puljen er %(claim)s og kunne "
            "have betalt det. Her får de ikke noget af det, de stemte på.",
            voters=formats.number(neglected.voters),
            **words,
        )
    return gettext(
        "%(voters)s vælgere var enige om %(title)s. Deres del af puljen er %(claim)s og kunne have "
        "betalt det. Her får hver af dem højst projekter for %(got)s.",
        voters=formats.number(neglected.voters),
        **words,
    )
