"""How ballots are counted, in plain words, with an example so small that it can be redone by hand.

The examples are counted by the real count in the tests, so they stay true.
"""

from dataclasses import replace

from flask_babel import gettext as _

from budgeting.rulebook.rules import Rulebook, TallyRule
from budgeting.vocabulary import N_, BallotType, Comparison, Completion, Rule, Stop, Utility
from budgeting.web import greedy_words, other_rule_words, points_words
from budgeting.web.other_rule_words import CountingWords

PROJECTS_IN_AN_EXAMPLE = 10
UNITS = {"DKK": N_("krone"), "EUR": N_("euro")}
BY_RANK = frozenset({Utility.BORDA, Utility.BORDA_COST})


def of(rulebook: Rulebook, projects: int) -> CountingWords:
    """Return the round's way of counting in words."""
    match rulebook.tally.rule:
        case Rule.GREEDY:
            return _greedy(rulebook, projects)
        case Rule.EQUAL_SHARES:
            return _equal_shares(rulebook, projects)
        case Rule.PHRAGMEN:
            return other_rule_words.phragmen()
        case Rule.EXPANDING_APPROVALS:
            return other_rule_words.expanding_approvals()
        case Rule.MINIMAL_TRANSFERS:
            return other_rule_words.minimal_transfers()
        case _:
            return CountingWords(_(rulebook.tally.rule.label), [], "")


def _greedy(rulebook: Rulebook, projects: int) -> CountingWords:
    tally = rulebook.tally
    words = _greedy_by(rulebook, projects)
    text = [*words.text, *greedy_words.added(tally, rulebook.currency)]
    example = greedy_words.example(tally, words.example)
    if tally.utility is not Utility.COST and example != words.example:
        example = ""
    return replace(words, text=text, example=example)


def _greedy_by(rulebook: Rulebook, projects: int) -> CountingWords:
    if rulebook.tally.utility in points_words.BY_POINTS:
        misfit = greedy_words.if_it_does_not_fit(rulebook.tally)
        return points_words.most_first(rulebook, _unit(rulebook), misfit)
    match rulebook.tally.utility:
        case Utility.COST:
            return _most_votes(rulebook)
        case Utility.CARDINALITY:
            return _most_votes_for_the_money(rulebook)
        case Utility.BORDA_COST:
            return _most_points(rulebook, projects)
        case _:
            return _most_points_for_the_money(rulebook, projects)


def _most_votes(rulebook: Rulebook) -> CountingWords:
    text = [
        *_rank_is_not_read(rulebook),
        _(
            "Det projekt, der har fået flest stemmer, får penge først. Så kommer det næste, og "
            "sådan bliver vi ved."
        ),
        greedy_words.if_it_does_not_fit(rulebook.tally),
    ]
    example = _(
        "Eksempel: Der er 100 kr. i puljen. Gyngen fik 9 stemmer og koster 60 kr., så den får "
        "penge. Bænken fik 7 stemmer og koster 50 kr., men der er kun 40 kr. tilbage. Bolden fik "
        "5 stemmer og koster 30 kr., så den kan vi købe."
    )
    return CountingWords(_("Flest stemmer først"), text, example)


def _most_votes_for_the_money(rulebook: Rulebook) -> CountingWords:
    text = [
        *_rank_is_not_read(rulebook),
        _(
            "Det projekt, der har flest stemmer for hver %(unit)s, det koster, får penge først. Så "
            "kommer det næste.",
            unit=_unit(rulebook),
        ),
        greedy_words.if_it_does_not_fit(rulebook.tally),
    ]
    example = _(
        "Eksempel: Der er 100 kr. i puljen. Bolden fik 5 stemmer og koster 30 kr. Det er 6 kr. for "
        "hver stemme, så den får penge først. Bænken fik 7 stemmer og koster 56 kr. Det er 8 kr. "
        "for hver stemme, så den kommer bagefter."
    )
    return CountingWords(_("Flest stemmer for pengene"), text, example)


def _most_points(rulebook: Rulebook, projects: int) -> CountingWords:
    text = [
        _points(projects),
        _("Det projekt, der har flest point i alt, får penge først."),
        greedy_words.if_it_does_not_fit(rulebook.tally),
    ]
    return CountingWords(_("Flest point først"), text, _example_of_points())


def _most_points_for_the_money(rulebook: Rulebook, projects: int) -> CountingWords:
    text = [
        _points(projects),
        _(
            "Det projekt, der har flest point for hver %(unit)s, det koster, får penge først.",
            unit=_unit(rulebook),
        ),
        greedy_words.if_it_does_not_fit(rulebook.tally),
    ]
    return CountingWords(_("Flest point for pengene"), text, "")


def _points(projects: int) -> str:
    return _(
        "Du sætter projekterne i rækkefølge, og det bedste står øverst. Er der %(projects)s "
        "projekter, giver din førsteplads %(projects)s point, og hver plads længere nede giver ét "
        "point mindre. Projekter, du ikke har sat på listen, får ingen point af dig.",
        projects=projects or PROJECTS_IN_AN_EXAMPLE,
    )


def _example_of_points() -> str:
    return _(
        "Eksempel: Der er 3 projekter, og Ida skriver gynge, bænk, bold. Så får gyngen 3 point, "
        "bænken 2 og bolden 1. Bo skriver kun bænk, så bænken får 3 point mere. Nu har bænken 5 "
        "point og kommer først."
    )


def _equal_shares(rulebook: Rulebook, projects: int) -> CountingWords:
    utility = rulebook.tally.utility
    text = _points(projects) if utility in BY_RANK else ""
    sentences = [
        _("Vi deler puljen, så hver vælger får en lige stor del."),
        _("Et projekt får penge, når de, der stemte på det, tilsammen kan betale det."),
        _who_pays(rulebook),
        _who_comes_first(rulebook, _unit(rulebook)),
        _what_is_left(rulebook),
    ]
    paragraphs = [
        text,
        *_rank_is_not_read(rulebook),
        " ".join(sentences),
        *_held_against_most_votes(rulebook.tally),
        _("På den måde kan en mindre gruppe også få noget igennem."),
    ]
    example = _example_of_shares(rulebook.tally) if utility is Utility.COST else ""
    return CountingWords(
        _("En lige stor del til hver"), [one for one in paragraphs if one], example
    )


def _who_pays(rulebook: Rulebook) -> str:
    if rulebook.tally.utility in points_words.BY_POINTS:
        return points_words.who_pays(rulebook)
    if rulebook.tally.utility in BY_RANK:
        return _(
            "Har du sat projektet højt, betaler du mere, end hvis du har sat det lavt. Ingen "
            "betaler mere, end de har."
        )
    return _("De deler prisen, så ingen betaler mere, end de har.")


def _who_comes_first(rulebook: Rulebook, unit: str) -> str:
    match rulebook.tally.utility:
        case Utility.POINTS | Utility.POINTS_COST:
            return points_words.who_comes_first(rulebook, unit)
        case Utility.CARDINALITY:
            return _("Vi begynder med det projekt, der koster hver af dem mindst.")
        case Utility.BORDA_COST:
            return _(
                "Vi begynder med det projekt, der har flest point at dele hver %(unit)s på.",
                unit=unit,
            )
        case Utility.BORDA:
            return _("Vi begynder med det projekt, der koster mindst for hvert point.")
        case _:
            return _(
                "Vi begynder med det projekt, der har flest om at dele hver %(unit)s.", unit=unit
            )


def _what_is_left(rulebook: Rulebook) -> str:
    match rulebook.tally.completion:
        case Completion.NONE:
            return _("Penge, som ikke rækker til et projekt på den måde, bliver ikke brugt.")
        case Completion.GREEDY:
            return _(
                "Er der penge tilbage, får de projekter med flest stemmer dem, mens de rækker."
            )
        case Completion.PHRAGMEN:
            return _(
                "Er der penge tilbage, går de til de projekter, hvor de, der stemte på dem, har "
                "fået mindst. Vi stopper, når der ikke er penge nok til det næste."
            )
        case Completion.ADD1_GREEDY:
            then = _("Resten går til de projekter med flest stemmer, der er plads til.")
            return " ".join((_raised(rulebook), then))
        case _:
            return _raised(rulebook)


def _raised(rulebook: Rulebook) -> str:
    if rulebook.tally.stop is Stop.EXHAUSTIVE:
        return _(
            "Er der penge tilbage, giver vi alle én %(unit)s mere og tæller forfra, indtil der "
            "ikke er plads til flere projekter.",
            unit=_unit(rulebook),
        )
    return _(
        "Er der penge tilbage, giver vi alle én %(unit)s mere og tæller forfra, så længe puljen "
        "kan betale det hele.",
        unit=_unit(rulebook),
    )


def _held_against_most_votes(tally: TallyRule) -> list[str]:
    match tally.comparison:
        case Comparison.NUMBER:
            return [
                _(
                    "Til sidst tæller vi også med flest stemmer først. Får flere vælgere flere af "
                    "deres projekter på den måde, gælder den."
                )
            ]
        case Comparison.COST:
            return [
                _(
                    "Til sidst tæller vi også med flest stemmer først. Får flere vælgere flere "
                    "penge til deres projekter på den måde, gælder den."
                )
            ]
        case _:
            return []


def _example_of_shares(tally: TallyRule) -> str:
    start = _(
        "Eksempel: Fire vælgere deler 400 kr. og har 100 kr. hver. Ida, Bo og Kaj vil have en "
        "gynge til 180 kr., så de betaler 60 kr. hver. Eva betaler selv sin bænk til 100 kr. Ida "
        "og Bo vil også have en bold til 84 kr., men de har kun 40 kr. hver."
    )
    if tally.completion is Completion.NONE:
        return " ".join((start, _("Så bolden bliver ikke købt.")))
    if tally.completion in (Completion.GREEDY, Completion.PHRAGMEN):
        return " ".join(
            (start, _("Der er 120 kr. til overs i puljen, og dem køber vi bolden for."))
        )
    end = _("Får alle 2 kr. mere, kan de købe bolden, og alt koster nu 364 kr.")
    return " ".join((start, end))


def _rank_is_not_read(rulebook: Rulebook) -> list[str]:
    """Say that the order does not count, where ranked ballots are counted as ticks."""
    is_ranked = rulebook.ballot.ballot_type is BallotType.ORDINAL
    if not is_ranked or rulebook.tally.utility in BY_RANK:
        return []
    return [
        _("Alle projekter på din liste tæller som én stemme. Rækkefølgen bliver ikke talt med.")
    ]


def _unit(rulebook: Rulebook) -> str:
    return _(UNITS.get(rulebook.currency, rulebook.currency))
