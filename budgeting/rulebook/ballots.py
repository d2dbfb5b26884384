"""What a valid ballot is: the booth, the count and whoever checks it ask the same question here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from budgeting.refusals import Refusal
from budgeting.rulebook.rules import BallotRule
from budgeting.vocabulary import N_, BallotType

WITH_POINTS = frozenset({BallotType.CUMULATIVE, BallotType.SCORING})


@dataclass(frozen=True)
class Paper:
    """A pot's ballot before anyone has filled it in: what each project costs, and the pot's sum."""

    costs_oere: Mapping[str, int]
    budget_limit_oere: int


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


class MoreThanThePot(InvalidBallot):
    """A knapsack holds at most the pot's sum."""

    message = N_(
        "Det, du har valgt, koster %(over_oere)s mere, end der er i puljen. Tag noget fra igen."
    )


class NoVoteGiven(InvalidBallot):
    """A cumulative ballot without a single vote."""

    message = N_("Giv mindst én stemme. Du har %(votes)s at fordele.")


class TooManyVotes(InvalidBallot):
    """More votes than each voter has."""

    message = N_("Du har %(votes)s stemmer at fordele. Du har givet %(given)s. Tag nogle tilbage.")


class TooManyVotesForOne(InvalidBallot):
    """More votes for one project than the rulebook allows."""

    message = N_("Giv højst %(most)s til det samme projekt.")


class NotAllScored(InvalidBallot):
    """A project was passed over where the rulebook says that all must be scored."""

    message = N_(
        "Giv point til alle projekter, ellers tæller stemmen ikke. Du mangler %(missing)s."
    )


class TooFewScored(InvalidBallot):
    """Fewer projects scored than the rulebook asks for."""

    message = N_("Giv point til mindst %(minimum)s. Du har givet point til %(chosen)s.")


class OutsideTheScale(InvalidBallot):
    """Points that the scale does not have."""

    message = N_("Giv hvert projekt fra %(lowest)s til %(highest)s point.")


class NotAWholeNumber(InvalidBallot):
    """Something else than a number stands where a number should."""

    message = N_("Skriv hele tal, for eksempel 2, eller lad feltet stå tomt.")


def check(
    choices: Sequence[str], rule: BallotRule, paper: Paper, points: Sequence[int] | None = None
) -> None:
    """Refuse choices that break the rulebook; a ballot that passes is counted as it stands.

    ``points`` stand beside the choices where the type has them, and are None for all others.
    """
    if len(set(choices)) != len(choices):
        raise ChosenTwice()
    if not paper.costs_oere.keys() >= set(choices):
        raise NotOnTheBallot()
    expected = len(choices) if rule.ballot_type in WITH_POINTS else None
    if (None if points is None else len(points)) != expected:
        raise NotAWholeNumber()
    match rule.ballot_type:
        case BallotType.CUMULATIVE:
            _check_votes(points or (), rule)
        case BallotType.SCORING:
            _check_scores(points or (), rule, len(paper.costs_oere))
        case _:
            _check_number(choices, rule, len(paper.costs_oere))
    if rule.ballot_type is BallotType.KNAPSACK:
        _check_sum(choices, paper)


def limits(rule: BallotRule, projects: int) -> tuple[int, int]:
    """Return the least and greatest number of choices where so many projects stand."""
    if rule.ballot_type is BallotType.SCORING:
        return projects if rule.must_score_all else min(rule.min_choices, projects), projects
    maximum = min(rule.max_choices or projects, projects)
    if rule.ballot_type is BallotType.CUMULATIVE:
        maximum = min(rule.votes_each, maximum)
    return min(rule.min_choices, maximum), maximum


def greatest_points(rule: BallotRule) -> int:
    """Return the most points a ballot may give one project; 0 where the type has none."""
    if rule.ballot_type is BallotType.CUMULATIVE:
        return rule.most_per_project
    return rule.highest_points


def cost_of(choices: Iterable[str], paper: Paper) -> int:
    """Return what the chosen projects cost together, in oere."""
    return sum(paper.costs_oere[one] for one in choices)


def _check_number(choices: Sequence[str], rule: BallotRule, projects: int) -> None:
    minimum, maximum = limits(rule, projects)
    if len(choices) < minimum:
        raise TooFewChoices(minimum=minimum, chosen=len(choices))
    if len(choices) > maximum:
        raise TooManyChoices(maximum=maximum, chosen=len(choices))


def _check_sum(choices: Sequence[str], paper: Paper) -> None:
    over = cost_of(choices, paper) - paper.budget_limit_oere
    if over > 0:
        raise MoreThanThePot(over_oere=over)


def _check_votes(points: Sequence[int], rule: BallotRule) -> None:
    """A project without a vote is left out, so that every ballot is written in one way only."""
    if any(one < 1 for one in points):
        raise NotAWholeNumber()
    if len(points) < rule.min_choices:
        raise NoVoteGiven(votes=rule.votes_each)
    if max(points, default=0) > rule.most_per_project:
        raise TooManyVotesForOne(most=rule.most_per_project)
    if sum(points) > rule.votes_each:
        raise TooManyVotes(votes=rule.votes_each, given=sum(points))


def _check_scores(points: Sequence[int], rule: BallotRule, projects: int) -> None:
    if any(not rule.lowest_points <= one <= rule.highest_points for one in points):
        raise OutsideTheScale(lowest=rule.lowest_points, highest=rule.highest_points)
    if rule.must_score_all and len(points) < projects:
        raise NotAllScored(missing=projects - len(points))
    minimum, _ = limits(rule, projects)
    if len(points) < minimum:
        raise TooFewScored(minimum=minimum, chosen=len(points))
