"""Counting by votes that were spread, or by points, in plain words with examples to redo by hand."""

from flask_babel import gettext as _

from budgeting.rulebook.rules import Rulebook
from budgeting.vocabulary import BallotType, Utility
from budgeting.web.other_rule_words import CountingWords

BY_POINTS = frozenset({Utility.POINTS, Utility.POINTS_COST})


def most_first(rulebook: Rulebook, unit: str, misfit: str) -> CountingWords:
    """Return most votes, or most points, first; ``misfit`` says what is done when money is short."""
    is_by_price = rulebook.tally.utility is Utility.POINTS
    if rulebook.ballot.ballot_type is BallotType.CUMULATIVE:
        return _most_votes_for_the_money(unit, misfit) if is_by_price else _most_votes(misfit)
    return _most_points_for_the_money(unit, misfit) if is_by_price else _most_points(misfit)


def who_pays(rulebook: Rulebook) -> str:
    """Say how supporters share a price by what they gave."""
    if rulebook.ballot.ballot_type is BallotType.CUMULATIVE:
        return _(
            "Har du givet projektet mange stemmer, betaler du mere, end hvis du har givet det få. "
            "Ingen betaler mere, end de har."
        )
    return _(
        "Har du givet projektet mange point, betaler du mere, end hvis du har givet det få. Ingen "
        "betaler mere, end de har."
    )


def who_comes_first(rulebook: Rulebook, unit: str) -> str:
    """Say which project equal shares begins with."""
    is_by_price = rulebook.tally.utility is Utility.POINTS
    if rulebook.ballot.ballot_type is BallotType.CUMULATIVE:
        if is_by_price:
            return _("Vi begynder med det projekt, der koster mindst for hver stemme.")
        return _(
            "Vi begynder med det projekt, der har flest stemmer at dele hver %(unit)s på.",
            unit=unit,
        )
    if is_by_price:
        return _("Vi begynder med det projekt, der koster mindst for hvert point.")
    return _(
        "Vi begynder med det projekt, der har flest point at dele hver %(unit)s på.", unit=unit
    )


def _most_votes(misfit: str) -> CountingWords:
    text = [
        _("Vi lægger alle stemmer sammen, også når du har givet flere til det samme projekt."),
        _(
            "Det projekt, der har fået flest stemmer, får penge først. Så kommer det næste, og "
            "sådan bliver vi ved."
        ),
        misfit,
    ]
    example = _(
        "Eksempel: Der er 100 kr. i puljen, og Ida og Bo har to stemmer hver. Ida giver begge til "
        "gyngen. Bo giver én til gyngen og én til bolden. Gyngen har 3 stemmer og koster 60 kr., "
        "så den får penge. Bolden har 1 stemme og koster 30 kr. Der er 40 kr. tilbage, så den kan "
        "vi også købe."
    )
    return CountingWords(_("Flest stemmer først"), text, example)


def _most_votes_for_the_money(unit: str, misfit: str) -> CountingWords:
    text = [
        _("Vi lægger alle stemmer sammen, også når du har givet flere til det samme projekt."),
        _(
            "Det projekt, der har flest stemmer for hver %(unit)s, det koster, får penge først. Så "
            "kommer det næste.",
            unit=unit,
        ),
        misfit,
    ]
    return CountingWords(_("Flest stemmer for pengene"), text, "")


def _most_points(misfit: str) -> CountingWords:
    text = [
        _("Vi lægger alle point sammen."),
        _("Det projekt, der har flest point i alt, får penge først."),
        misfit,
    ]
    example = _(
        "Eksempel: Der er 100 kr. i puljen. Ida giver gyngen 5 point og bænken 3. Bo giver gyngen "
        "1 point og bænken 4. Bænken har 7 point og koster 50 kr., så den får penge først. Gyngen "
        "har 6 point og koster 60 kr., men der er kun 50 kr. tilbage."
    )
    return CountingWords(_("Flest point først"), text, example)


def _most_points_for_the_money(unit: str, misfit: str) -> CountingWords:
    text = [
        _("Vi lægger alle point sammen."),
        _(
            "Det projekt, der har flest point for hver %(unit)s, det koster, får penge først.",
            unit=unit,
        ),
        misfit,
    ]
    return CountingWords(_("Flest point for pengene"), text, "")
