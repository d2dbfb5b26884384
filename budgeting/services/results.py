"""The result of a round, pot by pot: what was counted and what it led to."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from budgeting.models import Ballot, BudgetRound, Count, Pot, Project
from budgeting.services import boxes, counts, rounds, tallying
from budgeting.tally import Instance, Outcome, Profile, Reason
from budgeting.vocabulary import BallotType


@dataclass(frozen=True)
class PotResult:
    """One pot's projects, in the ballot's order, with what the tally said of them."""

    pot: Pot
    count: Count
    outcome: Outcome
    projects: tuple[Project, ...]
    ballot_type: BallotType

    @cached_property
    def project_by_ballot_id(self) -> dict[str, Project]:
        """Each project under the id it has in the count."""
        return {project.ballot_id: project for project in self.projects}

    @cached_property
    def recommended(self) -> tuple[Project, ...]:
        """The projects the vote gives money, in the order they got it."""
        return tuple(self.project_by_ballot_id[one] for one in self.outcome.winners)

    @property
    def currency(self) -> str:
        """The pot's currency, as three letters."""
        return self.pot.budget_round.currency

    def reason_of(self, project: Project) -> Reason:
        """Why the project got money, or why it did not."""
        return self.outcome.reasons[project.ballot_id]

    def titles_of(self, ballot_ids: tuple[str, ...]) -> list[str]:
        """The projects' titles."""
        return [self.project_by_ballot_id[one].title for one in ballot_ids]


def results_of(session: Session, budget_round: BudgetRound) -> list[PotResult]:
    """Return the result of each counted pot, in the pots' order; empty before the count."""
    listed = session.scalars(
        select(Project)
        .where(Project.round_id == budget_round.id)
        .options(joinedload(Project.pot), joinedload(Project.area))
        .order_by(Project.id)
    ).all()
    return [
        PotResult(
            pot=count.pot,
            count=count,
            outcome=Outcome.from_json(count.outcome),
            projects=tuple(project for project in listed if project.pot_id == count.pot_id),
            ballot_type=rounds.rulebook_of(session, budget_round).ballot.ballot_type,
        )
        for count in counts.of_round(session, budget_round)
    ]


def find_result(session: Session, budget_round: BudgetRound, pot_id: int) -> PotResult | None:
    """Return the result of one of the round's pots."""
    found = (one for one in results_of(session, budget_round) if one.pot.id == pot_id)
    return next(found, None)


def election_of(session: Session, result: PotResult) -> tuple[Instance, Profile]:
    """Return what was counted, to be counted again or handed out.

    The ballots come in the order of their random ids, which tells nothing.
    """
    ballots = session.execute(
        select(Ballot.choices, Ballot.points)
        .where(Ballot.pot_id == result.pot.id)
        .order_by(Ballot.id)
    )
    return (
        tallying.instance_of(result.pot, boxes.projects_of(session, result.pot)),
        tallying.profile_of(result.ballot_type, ballots),
    )
