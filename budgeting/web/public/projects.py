"""The projects that stand on the ballots: the catalogue, each project, and a list to print."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, g, render_template
from flask.typing import ResponseReturnValue

from budgeting.extensions import db
from budgeting.models import Pot, Project
from budgeting.rulebook.deeds import Deed
from budgeting.services import project_lists
from budgeting.web import access, exclusive_words, visitor_order
from budgeting.web.context import phase_now
from budgeting.web.public import bp
from budgeting.web.public.project_filters import narrowing, project_filters
from budgeting.web.public.standing import Standing, standing_of


@dataclass(frozen=True)
class Shelf:
    """The projects that are paid by one pot; ``places`` are the round's areas by id."""

    pot: Pot
    projects: list[Project]
    places: Mapping[int, str]
    groups: list[exclusive_words.Group]

    @property
    def cost_oere(self) -> int:
        """Return what they cost together."""
        return sum(project.cost_oere for project in self.projects)

    def place_of(self, project: Project) -> str | None:
        """Return where a project lies; nothing where the pot is for that place alone."""
        if project.area_id is None or project.area_id == self.pot.area_id:
            return None
        return self.places[project.area_id]


@bp.get("/runder/<round_slug>/projekter")
@access.open_to(Deed.READ_PROJECTS)
def projects_index(round_slug: str) -> ResponseReturnValue:
    every = project_lists.of_round(db.session(), g.budget_round)
    wanted = narrowing(g.budget_round)
    found = project_lists.matching(every, wanted)
    return render_template(
        "public/projects/index.html",
        shelves=_shelves(found),
        found=len(found),
        total=len(every),
        is_narrowed=wanted.is_asked_for,
        filters=project_filters(g.budget_round),
        standing=_standing(),
    )


@bp.get("/runder/<round_slug>/projekter/<path:ballot_id>")
@access.open_to(Deed.READ_PROJECTS)
def projects_show(round_slug: str, ballot_id: str) -> ResponseReturnValue:
    project = project_lists.find(db.session(), g.budget_round, ballot_id)
    if project is None:
        abort(404)
    return render_template(
        "public/projects/show.html",
        project=project,
        rivals=exclusive_words.rivals_of(project),
        standing=_standing(),
    )


@bp.get("/runder/<round_slug>/projektliste")
@access.open_to(Deed.READ_PROJECTS)
def projects_print(round_slug: str) -> ResponseReturnValue:
    every = project_lists.of_round(db.session(), g.budget_round)
    return render_template(
        "public/projects/print.html", shelves=_shelves(every), standing=_standing()
    )


def _shelves(found: list[Project]) -> list[Shelf]:
    """Return the projects by pot, in the visitor's own order; a pot without any is left out."""
    ordered = visitor_order.in_visitors_order(found)
    places = {area.id: area.name for area in g.budget_round.areas}
    shelves = [
        Shelf(
            pot,
            [one for one in ordered if one.pot_id == pot.id],
            places,
            exclusive_words.of_pot(pot),
        )
        for pot in g.budget_round.pots
    ]
    return [shelf for shelf in shelves if shelf.projects]


def _standing() -> Standing:
    phase = phase_now()
    assert phase is not None
    return standing_of(g.budget_round, phase, g.now)
