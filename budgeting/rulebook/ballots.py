"""What a valid ballot is: the booth and the count ask the same question here."""

from collections.abc import Collection, Sequence

from budgeting.refusals import Refusal
from budgeting.rulebook.rules import BallotRule
from budgeting.vocabulary import N_


class InvalidBallot(Refusal):
    """The ballot breaks a rule of the round."""

    field = "choices"


class TooFewChoices(InvalidBallot):
    """Fewer projects than the rulebook asks for."""

    message = N_("Vælg mindst %(minimum)s. Du har valgt %(chosen)s.")


class TooManyChoices(InvalidBallot):
    """More projects than the rulebook allows."""

    message = N_("Vælg højst %(maximum)s. Du har valgt %(chosen)s.")


class ChosenTwice(InvalidBallot):
    """The same project stands twice."""

    message = N_("Det samme projekt står to gange. Behold det ene.")


class NotOnTheBallot(InvalidBallot):
    """A project that is not in this pot."""

    message = N_("Et af projekterne findes ikke i denne pulje. Vælg igen.")


def check(choices: Sequence[str], rule: BallotRule, ballot_ids: Collection[str]) -> None:
    """Refuse choices that break the rulebook; a ballot that passes is counted as it stands."""
    if len(set(choices)) != len(choices):
        raise ChosenTwice()
    if not set(choices) <= set(ballot_ids):
        raise NotOnTheBallot()
    minimum, maximum = limits(rule, len(ballot_ids))
    if len(choices) < minimum:
        raise TooFewChoices(minimum=minimum, chosen=len(choices))
    if len(choices) > maximum:
        raise TooManyChoices(maximum=maximum, chosen=len(choices))


def limits(rule: BallotRule, projects: int) -> tuple[int, int]:
    """Return the least and greatest number of choices where so many projects stand."""
    maximum = min(rule.max_choices, projects)
    return min(rule.min_choices, maximum), maximum
