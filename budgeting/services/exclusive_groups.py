"""Projects that exclude each other: of a group at most one gets money.

A group is made when the projects are known and before anyone votes, and only where the
rulebook says that there may be some. The list of what stands on the ballots names it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.models import Account, BudgetRound, ExclusiveGroup, Pot, Project
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, ballot_list, rounds, transaction
from budgeting.vocabulary import N_

FEWEST = 2


class NoGroupsHere(Refusal):
    """The frozen rules do not know of projects that exclude each other."""

    message = N_("Spillereglerne siger ikke, at projekter kan udelukke hinanden i denne runde.")


class TooFewInGroup(Refusal):
    """One project excludes nothing."""

    field = "projects"
    message = N_("Vælg mindst to projekter, som udelukker hinanden.")


class DifferentPots(Refusal):
    """Projects of different pots never compete."""

    field = "projects"
    message = N_("Vælg projekter, der får penge fra den samme pulje.")


class UnknownProject(Refusal):
    """The round has no such project."""

    field = "projects"
    message = N_("Vælg blandt rundens projekter.")


class SameGroup(Refusal):
    """The same projects are a group already."""

    field = "projects"
    message = N_("De projekter udelukker allerede hinanden.")


class UnknownGroup(Refusal):
    """Somebody else has taken the group away."""

    message = N_("Den gruppe findes ikke mere. En anden har fjernet den.")


def of_pot(session: Session, pot: Pot) -> list[ExclusiveGroup]:
    """Return the pot's groups in the order they were made."""
    return [one for one in of_round(session, pot.budget_round) if one.pot_id == pot.id]


def of_round(session: Session, budget_round: BudgetRound) -> list[ExclusiveGroup]:
    """Return every group of the round, in the order they were made."""
    return list(
        session.scalars(
            select(ExclusiveGroup)
            .join(Pot)
            .where(Pot.round_id == budget_round.id)
            .order_by(ExclusiveGroup.id)
        )
    )


def rivals_of(session: Session, project: Project) -> list[Project]:
    """Return the projects that cannot get money together with this one."""
    groups = of_round(session, project.pot.budget_round)
    others = (one for group in groups if project in group.projects for one in group.projects)
    return [one for one in dict.fromkeys(others) if one is not project]


def put_together(
    *, by: Account, budget_round: BudgetRound, project_ids: Sequence[int], now: datetime
) -> None:
    """Say that at most one of these projects gets money."""
    with transaction.deed() as session:
        _permit(session, by, budget_round, now)
        projects = _projects(session, budget_round, project_ids)
        group = ExclusiveGroup(pot_id=projects[0].pot_id, projects=projects)
        known = of_round(session, budget_round)
        if any({*one.projects} == {*projects} for one in known):
            raise SameGroup()
        session.add(group)
        _record(session, by, budget_round, now)


def take_apart(*, by: Account, budget_round: BudgetRound, group_id: int, now: datetime) -> None:
    """Take a group away: its projects may all get money again."""
    with transaction.deed() as session:
        _permit(session, by, budget_round, now)
        found = [one for one in of_round(session, budget_round) if one.id == group_id]
        if not found:
            raise UnknownGroup()
        session.delete(found[0])
        _record(session, by, budget_round, now)


def _permit(session: Session, by: Account, budget_round: BudgetRound, now: datetime) -> None:
    rounds.lock(session, budget_round)
    rounds.permit(Deed.GROUP_PROJECTS, roles=by.roles, budget_round=budget_round, now=now)
    if not rounds.rulebook_of(session, budget_round).tally.has_groups:
        raise NoGroupsHere()


def _projects(
    session: Session, budget_round: BudgetRound, project_ids: Sequence[int]
) -> list[Project]:
    wanted = set(project_ids)
    if len(wanted) < FEWEST:
        raise TooFewInGroup()
    found = list(
        session.scalars(
            select(Project)
            .where(Project.round_id == budget_round.id, Project.id.in_(wanted))
            .order_by(Project.id)
        )
    )
    if len(found) < len(wanted):
        raise UnknownProject()
    if len({project.pot_id for project in found}) > 1:
        raise DifferentPots()
    return found


def _record(session: Session, by: Account, budget_round: BudgetRound, now: datetime) -> None:
    session.flush()
    audit.record(
        session,
        Deed.GROUP_PROJECTS,
        by=by,
        now=now,
        budget_round=budget_round,
        groups=len(of_round(session, budget_round)),
        ballot_list=ballot_list.fingerprint(session, budget_round),
    )
