"""The council's decision: the recommended list, adopted project by project."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.models import Account, BudgetRound, Decision, Pot, Project
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, bundle_orders, counts, rounds, transaction
from budgeting.vocabulary import N_


@dataclass(frozen=True)
class Choice:
    """What the council says of one project, and why where it departs from the vote."""

    adopted: bool
    reason: str = ""

    def lacks_reason(self, is_recommended: bool) -> bool:  # noqa: FBT001 - a fact, not a switch
        """Whether the council departs from the vote without saying why."""
        return self.adopted != is_recommended and not self.reason.strip()


# Every project with whether the vote recommends it.
Facts = Sequence[tuple[Project, bool]]


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
        "I %(pot)s koster de valgte projekter %(over_oere)s mere, end der er. Vælg et fra."
    )


class AlreadyAdopted(Refusal):
    """The council decides once."""

    message = N_("Byrådet har allerede truffet sin beslutning. Den kan læses af alle.")


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
        rounds.lock(session, budget_round)
        if budget_round.adopted_at:
            raise AlreadyAdopted()
        rounds.permit(Deed.ADOPT_RESULT, roles=by.roles, budget_round=budget_round, now=now)
        for refusal in find_refusals(session, budget_round, choices, reference):
            raise refusal
        lines = [
            _line(project, is_recommended, choices[project.id], by)
            for project, is_recommended in recommended(session, budget_round)
        ]
        session.add_all(lines)
        budget_round.adopted_at = now
        budget_round.adoption_reference = reference.strip()
        bundle_orders.order(session, budget_round, by_id=by.id, now=now)
        audit.record(
            session,
            Deed.ADOPT_RESULT,
            by=by,
            now=now,
            budget_round=budget_round,
            departures=sum(line.is_departure for line in lines),
        )


def find_refusals(
    session: Session, budget_round: BudgetRound, choices: Mapping[int, Choice], reference: str
) -> list[Refusal]:
    """Return everything that stands between these choices and a decision."""
    facts = recommended(session, budget_round)
    found: list[Refusal] = []
    if missing := sum(project.id not in choices for project, _ in facts):
        found.append(MissingChoice(count=missing))
    found += [
        DepartureNeedsReason(field=f"reason_{project.id}")
        for project, is_recommended in facts
        if project.id in choices and choices[project.id].lacks_reason(is_recommended)
    ]
    found += _over_budget(facts, choices, _limits(session, budget_round))
    if not reference.strip():
        found.append(ReferenceMissing())
    return found


def sums_of(facts: Facts, choices: Mapping[int, Choice]) -> list[tuple[Pot, int]]:
    """Return what the chosen projects of each pot get together."""
    chosen = [one for one, _ in facts if one.id in choices and choices[one.id].adopted]
    return [
        (pot, sum(project.paid_oere for project in chosen if project.pot_id == pot.id))
        for pot in dict.fromkeys(project.pot for project, _ in facts)
    ]


def recommended(session: Session, budget_round: BudgetRound) -> list[tuple[Project, bool]]:
    """Return every project with whether the vote recommends it."""
    winners = {
        (count.pot_id, ballot_id)
        for count in counts.of_round(session, budget_round)
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
    choice: Choice,
    by: Account,
) -> Decision:
    return Decision(
        project_id=project.id,
        round_id=project.round_id,
        recommended=is_recommended,
        adopted=choice.adopted,
        reason=choice.reason.strip() if choice.adopted != is_recommended else "",
        account_id=by.id,
    )


def _limits(session: Session, budget_round: BudgetRound) -> dict[int, int]:
    """Return what each counted pot can pay: its sum, and what the count took from the reserve."""
    return {
        count.pot_id: max(count.pot.budget_limit_oere, count.outcome["total_cost"])
        for count in counts.of_round(session, budget_round)
    }


def _over_budget(
    facts: Facts, choices: Mapping[int, Choice], limits: Mapping[int, int]
) -> Iterator[OverBudget]:
    """Yield a refusal for each pot whose chosen projects get more than it can pay."""
    for pot, cost in sums_of(facts, choices):
        limit = limits.get(pot.id, pot.budget_limit_oere)
        if cost > limit:
            yield OverBudget(pot=pot.name, over_oere=cost - limit)
