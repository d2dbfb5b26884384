"""Projects that exclude each other, as everyone reads it: of these at most one gets money."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from budgeting.extensions import db
from budgeting.models import ExclusiveGroup, Pot, Project
from budgeting.services import exclusive_groups
from budgeting.web import formats


@dataclass(frozen=True)
class Group:
    """A group with its sentence and the titles in a Danish reader's order."""

    id: int
    sentence: str
    titles: list[str]


def of_pot(pot: Pot) -> list[Group]:
    """Return the groups of a pot."""
    if not pot.budget_round.has_groups:
        return []
    return [_told(one) for one in exclusive_groups.of_pot(db.session(), pot)]


def met_by(pot: Pot, chosen: Collection[Project]) -> Iterator[str]:
    """Say where somebody has chosen several projects of which only one can get money."""
    if not pot.budget_round.has_groups:
        return
    for group in exclusive_groups.of_pot(db.session(), pot):
        both = [project for project in group.projects if project in chosen]
        if len(both) > 1:
            yield _(
                "Du har valgt %(titles)s. Det må du gerne, men højst ét af dem kan få penge.",
                titles=_in_a_row(both),
            )


def rivals_of(project: Project) -> list[Project]:
    """Return the projects that cannot get money together with this one."""
    if not project.pot.budget_round.has_groups:
        return []
    return formats.danish_sorted(exclusive_groups.rivals_of(db.session(), project), "title")


def _told(group: ExclusiveGroup) -> Group:
    sentence = _(
        "Højst ét af disse projekter kan få penge: %(titles)s.", titles=_in_a_row(group.projects)
    )
    ordered = formats.danish_sorted(group.projects, "title")
    return Group(group.id, sentence, [one.title for one in ordered])


def _in_a_row(projects: list[Project]) -> str:
    titles = [_("„%(title)s“", title=one.title) for one in formats.danish_sorted(projects, "title")]
    return _("%(first)s og %(last)s", first=", ".join(titles[:-1]), last=titles[-1])
