"""The one place that turns a round's rows into the tally's words."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from budgeting.models import Ballot, ExclusiveGroup, Pot, Project
from budgeting.rulebook.tally_settings import OnBallot
from budgeting.tally import Ballot as TallyBallot
from budgeting.tally import Instance, Profile
from budgeting.tally import Project as TallyProject
from budgeting.vocabulary import BallotType

OERE_PER_KRONE = 100


def instance_of(pot: Pot, projects: Iterable[Project]) -> Instance:
    """Return the pot and its projects as an instance; money in oere."""
    return Instance(
        budget_limit=pot.budget_limit_oere,
        projects=tuple(_tally_project(project) for project in projects),
        unit=OERE_PER_KRONE,
        currency=pot.budget_round.currency,
    )


def on_ballot(pot: Pot, projects: Iterable[Project], groups: Iterable[ExclusiveGroup]) -> OnBallot:
    """Return what the pot's ballot adds to the rules of the count."""
    return OnBallot(
        pot=pot.name,
        accepts_partly=tuple((one.ballot_id, one.least_oere) for one in projects if one.least_oere),
        exclusive_groups=tuple(tuple(one.ballot_id for one in group.projects) for group in groups),
    )


def profile_of(ballot_type: BallotType, ballots: Iterable[Ballot | Row[Any, Any]]) -> Profile:
    """Return nameless ballots, or rows of their choices and points, as a profile."""
    return Profile(
        ballot_type,
        tuple(
            TallyBallot(
                choices=tuple(ballot.choices),
                points=tuple(ballot.points) if ballot.points is not None else None,
            )
            for ballot in ballots
        ),
    )


def _tally_project(project: Project) -> TallyProject:
    return TallyProject(
        id=project.ballot_id,
        cost=project.cost_oere,
        name=project.title,
        area=project.area.name if project.area else "",
        categories=tuple(project.categories or ()),
    )
