"""Projects to read: all that stand on a round's ballots, some of them, or one."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from budgeting.models import BudgetRound, Project

SIGNS_OF_A_SEARCH = 100


@dataclass(frozen=True)
class Narrowing:
    """Which of the round's projects a reader wants to see; None and nothing for all."""

    area_id: int | None = None
    pot_id: int | None = None
    words: str = ""

    @property
    def is_asked_for(self) -> bool:
        """Whether the reader wants less than everything."""
        return self.area_id is not None or self.pot_id is not None or bool(self.words.split())


def of_round(session: Session, budget_round: BudgetRound) -> list[Project]:
    """Return every project of the round, in no order to be shown in."""
    return list(session.scalars(select(Project).where(Project.round_id == budget_round.id)))


def find(session: Session, budget_round: BudgetRound, ballot_id: str) -> Project | None:
    """Return the project that has this id on the round's ballots."""
    return session.scalar(
        select(Project)
        .where(Project.round_id == budget_round.id, Project.ballot_id == ballot_id)
        .options(joinedload(Project.pot), joinedload(Project.area))
    )


def matching(projects: Iterable[Project], narrowing: Narrowing) -> list[Project]:
    """Return the projects that fit; a word fits where it stands in title or text.

    Parts of words count, so that „legeplads“ finds „legepladserne“, and databases that
    do not know that Ø and ø are one letter are not asked.
    """
    words = narrowing.words[:SIGNS_OF_A_SEARCH].casefold().split()
    if not narrowing.is_asked_for:
        return list(projects)
    return [
        project
        for project in projects
        if narrowing.area_id in (None, project.area_id)
        and narrowing.pot_id in (None, project.pot_id)
        and _has_all(project, words)
    ]


def _has_all(project: Project, words: list[str]) -> bool:
    text = f"{project.title}\n{project.text}".casefold()
    return all(word in text for word in words)
