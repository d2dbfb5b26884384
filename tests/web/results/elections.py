"""Small elections with a known outcome, told as pages tell them."""

from budgeting.models import BudgetRound, Count, Pot, Project
from budgeting.services.results import PotResult
from budgeting.tally import Ballot, Instance, Profile, RuleSettings, count
from budgeting.tally import Project as TallyProject
from budgeting.vocabulary import BallotType

TITLES = {"a": "Gåbus", "b": "Lektiecafé", "c": "Bænke", "d": "Varmestue"}
KRONE = 100


def result(ballots, costs_kr, *, limit_kr=100, settings=None, ballot_type=BallotType.APPROVAL):
    """Count ballots such as ``["ab", "a"]`` and hand back the pot's result.

    ``settings`` may be an outcome's maker for rules whose reasons are hard to provoke.
    """
    instance = Instance(
        limit_kr * KRONE,
        tuple(TallyProject(name, kroner * KRONE) for name, kroner in costs_kr.items()),
    )
    profile = Profile(ballot_type, tuple(map(filled_in, ballots)))
    outcome = count(instance, profile, settings or RuleSettings("greedy"))
    return of_outcome(outcome, costs_kr, ballot_type)


def filled_in(ballot):
    """A ballot as it is written above; one with points as the points under the ids."""
    return Ballot(tuple(ballot), tuple(ballot.values()) if isinstance(ballot, dict) else None)


def of_outcome(outcome, costs_kr, ballot_type=BallotType.APPROVAL):
    pot = Pot(id=1, name="Puljen", budget_limit_oere=outcome.budget_limit)
    pot.budget_round = BudgetRound(currency="DKK", source="")
    projects = tuple(
        Project(id=number, ballot_id=name, title=TITLES[name], cost_oere=kroner * KRONE)
        for number, (name, kroner) in enumerate(costs_kr.items(), 1)
    )
    counted = Count(
        envelopes_in=outcome.voters,
        ballots_valid=outcome.voters,
        ballots_invalid=0,
        voters_entitled=4 * outcome.voters,
    )
    return PotResult(pot, counted, outcome, projects, ballot_type)
