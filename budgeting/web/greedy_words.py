"""What a rulebook adds to most votes first, in plain words; the examples are counted in the tests."""

from flask_babel import gettext as _
from flask_babel import ngettext

from budgeting.rulebook.rules import CapRule, TallyRule
from budgeting.web import formats

EXAMPLE_PERCENT = 80


def if_it_does_not_fit(tally: TallyRule) -> str:
    """Say what happens to a project there is not money enough for."""
    if tally.reserve_percent:
        return _(
            "Er der ikke penge nok til et projekt, stopper vi. Mangler der kun lidt til det "
            "projekt, får det alligevel penge, og resten kommer fra en reserve. Puljen skal kunne "
            "betale mindst %(percent)s procent af prisen.",
            percent=tally.reserve_percent,
        )
    if tally.no_skip:
        return _(
            "Er der ikke penge nok til et projekt, stopper vi. Så får de næste heller ikke penge."
        )
    return _("Er der ikke penge nok til et projekt, springer vi det over og prøver det næste.")


def added(tally: TallyRule, currency: str) -> list[str]:
    """Say what the rulebook adds beside that, each in a paragraph of its own."""
    return [*_parts(tally), *_asked(tally), *_groups(tally), *_caps(tally.caps, currency)]


def example(tally: TallyRule, usual: str) -> str:
    """Return the example that fits the rules: the usual one passes over what does not fit."""
    if tally.in_part and not tally.reserve_percent:
        return _(
            "Eksempel: Der er 100 kr. i puljen. Gyngen fik 9 stemmer og koster 60 kr., så den får "
            "penge. Bænken fik 7 stemmer og koster 50 kr., men der er kun 40 kr. tilbage. De, der "
            "har foreslået bænken, har skrevet, at den kan laves mindre for 35 kr. Så bænken får "
            "de 40 kr."
        )
    if tally.reserve_percent == EXAMPLE_PERCENT:
        return _(
            "Eksempel: Der er 100 kr. i puljen. Gyngen fik 9 stemmer og koster 60 kr., så den får "
            "penge. Bænken fik 7 stemmer og koster 50 kr. Der er 40 kr. tilbage, og det er 80 "
            "procent af prisen. Så bænken får også penge, og de sidste 10 kr. kommer fra reserven. "
            "Så stopper vi."
        )
    return "" if tally.no_skip or tally.reserve_percent else usual


def cap(rule: CapRule, currency: str) -> str:
    """Say one cap."""
    values = {"pot": rule.pot, "name": rule.name, "limit": formats.kr(rule.limit_oere, currency)}
    if rule.kind == "area":
        return _("%(pot)s: Projekter i %(name)s får højst %(limit)s tilsammen.", **values)
    return _(
        "%(pot)s: Projekter, der hører under „%(name)s“, får højst %(limit)s tilsammen.", **values
    )


def _parts(tally: TallyRule) -> list[str]:
    if not tally.in_part:
        return []
    return [
        _(
            "Det første projekt, der ikke er penge nok til, kan få de penge, der er tilbage. Det "
            "kræver, at de, der foreslog det, har sagt, at de kan nøjes med så lidt."
        )
    ]


def _asked(tally: TallyRule) -> list[str]:
    asked = []
    if tally.least_votes:
        asked.append(
            ngettext(
                "Et projekt kan kun få penge, hvis mindst %(num)d vælger har valgt det.",
                "Et projekt kan kun få penge, hvis mindst %(num)d vælgere har valgt det.",
                tally.least_votes,
            )
        )
    if tally.least_percent:
        asked.append(
            _(
                "Et projekt kan kun få penge, hvis mindst %(percent)s procent af dem, der stemte, "
                "har valgt det.",
                percent=tally.least_percent,
            )
        )
    return asked


def _groups(tally: TallyRule) -> list[str]:
    if not tally.has_groups:
        return []
    return [
        _(
            "Nogle projekter kan udelukke hinanden, for eksempel to ting på den samme plads. Af "
            "dem kan kun ét få penge: det, der kommer først i rækken. Hvilke projekter det gælder, står "
            "ved projekterne, før afstemningen åbner."
        )
    ]


def _caps(caps: tuple[CapRule, ...], currency: str) -> list[str]:
    if not caps:
        return []
    told = [cap(one, currency) for one in caps]
    told.append(_("Er der ikke plads til et projekt under det loft, springer vi det over."))
    return [" ".join(told).replace("kr..", "kr.")]
