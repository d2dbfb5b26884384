"""The ballot as it is drawn: the voter's own order of projects, what is chosen, what is found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from budgeting.models import Project
from budgeting.vocabulary import BallotType
from budgeting.web.citizen.booth_moves import Move

FILTER_WORTHWHILE = 7


@dataclass(frozen=True, repr=False)
class Line:
    """One project on the ballot; ``focus`` names the button to stand on after a move."""

    value: str
    title: str
    text: str
    area: str
    cost_oere: int
    chosen: bool
    focus: str = ""


@dataclass(frozen=True, repr=False)
class Sheet:
    """A ballot ready to be drawn: what is chosen, what is listed, and what the search hides."""

    ranked: tuple[Line, ...]
    listed: tuple[Line, ...]
    chosen_unlisted: tuple[Line, ...]
    areas: tuple[str, ...]
    has_filter: bool
    projects: int


@dataclass(frozen=True)
class Wanted:
    """What the voter is looking for among the projects."""

    words: str = ""
    area: str = ""

    def includes(self, project: Project) -> bool:
        """Whether the project is one the voter is looking for."""
        text = f"{project.title} {project.text} {_area_of(project)}".casefold()
        is_there = not self.area or self.area == _area_of(project)
        return is_there and all(word in text for word in self.words.casefold().split())


def draw(
    projects: Sequence[Project],
    choices: Sequence[str],
    ballot_type: BallotType,
    wanted: Wanted,
    moved: Move | None = None,
) -> Sheet:
    """Return the sheet; in a ranked one, what is chosen stands in the voter's order instead."""
    known = {project.ballot_id: project for project in projects}
    chosen = [known[choice] for choice in dict.fromkeys(choices) if choice in known]
    found = [project for project in projects if wanted.includes(project)]
    next_offer = _offer_after(moved, found, chosen)
    is_ranked = ballot_type is BallotType.ORDINAL
    listed = [project for project in found if not (is_ranked and project in chosen)]
    unlisted = [] if is_ranked else [project for project in chosen if project not in found]
    areas = sorted({_area_of(project) for project in projects} - {""})
    return Sheet(
        ranked=tuple(_ranked(chosen, moved)) if is_ranked else (),
        listed=tuple(
            _line(project, chosen, "add" if project is next_offer else "") for project in listed
        ),
        chosen_unlisted=tuple(_line(project, chosen) for project in unlisted),
        areas=tuple(areas) if len(areas) > 1 else (),
        has_filter=len(areas) > 1 or len(projects) >= FILTER_WORTHWHILE,
        projects=len(projects),
    )


def _ranked(chosen: list[Project], moved: Move | None) -> Iterable[Line]:
    for place, project in enumerate(chosen):
        is_moved = moved is not None and moved.project == project.ballot_id
        focus = _button_after(moved.verb, place, len(chosen)) if moved and is_moved else ""
        yield _line(project, chosen, focus)


def _offer_after(moved: Move | None, found: list[Project], chosen: list[Project]) -> Project | None:
    """Return the offer to stand on: the next one down the list, or the one just taken off."""
    if moved is None or moved.verb not in ("add", "remove"):
        return None
    ids = [project.ballot_id for project in found]
    place = ids.index(moved.project) if moved.project in ids else 0
    rest = [project for project in [*found[place:], *found[:place]] if project not in chosen]
    return rest[0] if rest else None


def _button_after(verb: str, place: int, count: int) -> str:
    """Return the button to stand on: the one just pressed, or its neighbour where it is gone."""
    if verb == "up":
        return "up" if place > 0 else "down"
    if verb == "down":
        return "down" if place < count - 1 else "up"
    return ""


def _line(project: Project, chosen: list[Project], focus: str = "") -> Line:
    return Line(
        value=project.ballot_id,
        title=project.title,
        text=project.text,
        area=_area_of(project),
        cost_oere=project.cost_oere,
        chosen=project in chosen,
        focus=focus,
    )


def _area_of(project: Project) -> str:
    return project.area.name if project.area else ""
