"""Which ballots a round may have: a voter must be able to fill them in, on a small screen too."""

from dataclasses import replace

from budgeting.refusals import Refusal
from budgeting.rulebook.rules import BallotRule
from budgeting.vocabulary import N_, BallotType

MOST_CHOICES = 100
MOST_VOTES = 100
TOP_OF_SCALE = 10
NO_LIMIT = 0


class FewestAboveMost(Refusal):
    """A voter could never choose enough."""

    field = "max_choices"
    message = N_("Det højeste antal skal være mindst %(minimum)s, for så mange skal man vælge.")


class ChoicesOutOfReach(Refusal):
    """A number of choices that makes no ballot."""

    field = "min_choices"
    message = N_("Skriv et tal mellem 1 og %(most)s.")


class VotesOutOfReach(Refusal):
    """A number of votes that nobody could spread."""

    field = "votes_each"
    message = N_("Skriv et tal mellem 1 og %(most)s.")


class CapOutOfReach(Refusal):
    """More votes for one project than a voter has."""

    field = "most_per_project"
    message = N_("Skriv et tal mellem 1 og %(votes)s, for så mange stemmer har hver vælger.")


class NoScale(Refusal):
    """A scale that ends where it begins, or is too long for a row of buttons."""

    field = "highest_points"
    message = N_("Skriv et tal mellem %(low)s og %(high)s.")


def settled(rule: BallotRule) -> BallotRule:
    """Return the rule with only what its type has; raises a Refusal for one nobody could fill in."""
    plain = BallotRule(ballot_type=rule.ballot_type, min_choices=1, max_choices=NO_LIMIT)
    match rule.ballot_type:
        case BallotType.KNAPSACK:
            return plain
        case BallotType.CUMULATIVE:
            _check_votes(rule)
            return replace(
                plain, votes_each=rule.votes_each, most_per_project=rule.most_per_project
            )
        case BallotType.SCORING:
            _check_scale(rule)
            return replace(
                plain,
                min_choices=1 if rule.must_score_all else rule.min_choices,
                lowest_points=rule.lowest_points,
                highest_points=rule.highest_points,
                must_score_all=rule.must_score_all,
            )
        case _:
            _check_number(rule)
            return replace(plain, min_choices=rule.min_choices, max_choices=rule.max_choices)


def _check_number(rule: BallotRule) -> None:
    if not 1 <= rule.min_choices <= MOST_CHOICES:
        raise ChoicesOutOfReach(most=MOST_CHOICES)
    if not 1 <= rule.max_choices <= MOST_CHOICES:
        raise ChoicesOutOfReach(field="max_choices", most=MOST_CHOICES)
    if rule.max_choices < rule.min_choices:
        raise FewestAboveMost(minimum=rule.min_choices)


def _check_votes(rule: BallotRule) -> None:
    if not 1 <= rule.votes_each <= MOST_VOTES:
        raise VotesOutOfReach(most=MOST_VOTES)
    if not 1 <= rule.most_per_project <= rule.votes_each:
        raise CapOutOfReach(votes=rule.votes_each)


def _check_scale(rule: BallotRule) -> None:
    if rule.lowest_points not in (0, 1):
        raise NoScale(field="lowest_points", low=0, high=1)
    if not rule.lowest_points < rule.highest_points <= TOP_OF_SCALE:
        raise NoScale(low=rule.lowest_points + 1, high=TOP_OF_SCALE)
    if not rule.must_score_all and not 1 <= rule.min_choices <= MOST_CHOICES:
        raise ChoicesOutOfReach(field="min_scored", most=MOST_CHOICES)
