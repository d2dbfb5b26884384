"""The council's decision: the recommended list, adopted project by project."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.models import Account, BudgetRound, Decision, Pot, Project
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, counting, rounds, transaction
from budgeting.vocabulary import N_


@dataclass(frozen=True)
class Choice:
    """What the council says of one project, and why where it departs from the vote."""

    adopted: bool
    reason: str = ""


class MissingChoice(Refusal):
    """A project without a line in the decision."""

    message = N_("Vælg for hvert projekt, om det får penge. %(count)s mangler.")


class DepartureNeedsReason(Refusal):
    """A departure from the vote without a reason."""

    message = N_(
        "Skriv, hvorfor byrådet vil noget andet end afstemningen. Borgerne læser begrundelsen."
    )


class OverBudget(Refusal):
    """The adopted projects cost more than the pot holds."""

    message = N_(
        "De valgte projekter i puljen %(pot)s koster %(over_oere)s mere, end der er. Vælg et fra."
    )


class ReferenceMissing(Refusal):
    """The decision does not say where it was made."""

    field = "reference"
    message = N_("Skriv mødets dato og punkt, så andre kan finde beslutningen.")


def adopt(
    *,
    by: Account,
    budget_round: BudgetRound,
    choices: Mapping[int, Choice],
    reference: str,
    now: datetime,
) -> None:
    """Record the council's decision about every project, keyed by project id."""
    with transaction.deed() as session:
        rounds.permit(Deed.ADOPT_RESULT, roles=by.roles, budget_round=budget_round, now=now)
        if not reference.strip():
            raise ReferenceMissing()
        lines = [
            _line(project, is_recommended, choices.get(project.id), by)
            for project, is_recommended in recommended(session, budget_round)
        ]
        _refuse_missing(lines)
        session.add_all(line for line in lines if line is not None)
        session.flush()
        for pot in budget_round.pots:
            _refuse_over_budget(session, pot)
        budget_round.adopted_at = now
        budget_round.adoption_reference = reference.strip()
        audit.record(
            session,
            Deed.ADOPT_RESULT,
            by=by,
            now=now,
            budget_round=budget_round,
            departures=sum(line.is_departure for line in lines if line is not None),
        )


def recommended(session: Session, budget_round: BudgetRound) -> list[tuple[Project, bool]]:
    """Return every project with whether the vote recommends it."""
    winners = {
        (count.pot_id, ballot_id)
        for count in counting.counts_of(session, budget_round)
        for ballot_id in count.outcome["winners"]
    }
    projects = session.scalars(
        select(Project).where(Project.round_id == budget_round.id).order_by(Project.id)
    )
    return [(project, (project.pot_id, project.ballot_id) in winners) for project in projects]


def decisions_of(session: Session, budget_round: BudgetRound) -> dict[int, Decision]:
    """Return the council's lines by project id; empty until it has decided."""
    lines = session.scalars(select(Decision).where(Decision.round_id == budget_round.id))
    return {line.project_id: line for line in lines}


def _line(
    project: Project,
    is_recommended: bool,  # noqa: FBT001 - a fact, not a switch
    choice: Choice | None,
    by: Account,
) -> Decision | None:
    if choice is None:
        return None
    if choice.adopted != is_recommended and not choice.reason.strip():
        raise DepartureNeedsReason(field=f"reason_{project.id}")
    return Decision(
        project_id=project.id,
        round_id=project.round_id,
        recommended=is_recommended,
        adopted=choice.adopted,
        reason=choice.reason.strip() if choice.adopted != is_recommended else "",
        account_id=by.id,
    )


def _refuse_missing(lines: list[Decision | None]) -> None:
    if missing := sum(line is None for line in lines):
        raise MissingChoice(count=missing)


def _refuse_over_budget(session: Session, pot: Pot) -> None:
    costs = session.scalars(
        select(Project.cost_oere)
        .join(Decision, Decision.project_id == Project.id)
        .where(Project.pot_id == pot.id)
        .where(Decision.adopted)
    )
    if (over := sum(costs) - pot.budget_limit_oere) > 0:
        raise OverBudget(pot=pot.name, over_oere=over)
