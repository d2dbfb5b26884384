"""The ballot as it is drawn: the voter's own order of projects, what is chosen, what is found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from budgeting.models import Project
from budgeting.rulebook import ballots
from budgeting.rulebook.rules import BallotRule
from budgeting.vocabulary import BallotType
from budgeting.web.citizen import booth_marks
from budgeting.web.citizen.booth_marks import STEPS, Marks
from budgeting.web.citizen.booth_moves import Move

FILTER_WORTHWHILE = 7


@dataclass(frozen=True, repr=False)
class Line:
    """One project on the ballot; ``focus`` names the button to stand on after a move.

    ``given`` is what was typed beside it, right or wrong; ``short_oere`` is how much more it
    costs than what is left of the pot.
    """

    value: str
    title: str
    text: str
    area: str
    cost_oere: int
    chosen: bool
    focus: str = ""
    given: str = ""
    is_wrong: bool = False
    short_oere: int = 0


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
    only_chosen: bool = False

    def includes(self, project: Project, *, is_chosen: bool) -> bool:
        """Whether the project is one the voter is looking for."""
        if self.only_chosen and not is_chosen:
            return False
        text = f"{project.title} {project.text} {_area_of(project)}".casefold()
        is_there = not self.area or self.area == _area_of(project)
        return is_there and all(word in text for word in self.words.casefold().split())


@dataclass(frozen=True, repr=False)
class Look:
    """How the sheet is looked at: by which rule, for what, after which move, with how much left."""

    rule: BallotRule
    wanted: Wanted
    moved: Move | None = None
    left_oere: int | None = None


def draw(projects: Sequence[Project], marks: Marks, look: Look) -> Sheet:
    """Return the sheet; in a ranked one, what is chosen stands in the voter's order instead."""
    moved = look.moved
    known = {project.ballot_id: project for project in projects}
    chosen = [known[choice] for choice in dict.fromkeys(marks.named) if choice in known]
    is_ranked = look.rule.ballot_type is BallotType.ORDINAL
    wanted = replace(look.wanted, only_chosen=False) if is_ranked else look.wanted
    found = [one for one in projects if wanted.includes(one, is_chosen=one in chosen)]
    next_offer = _offer_after(moved, found, chosen)
    listed = [project for project in found if not (is_ranked and project in chosen)]
    unlisted = [] if is_ranked else [project for project in chosen if project not in found]
    areas = sorted({_area_of(project) for project in projects} - {""})
    return Sheet(
        ranked=tuple(_ranked(chosen, moved)) if is_ranked else (),
        listed=tuple(
            _marked(_line(project, chosen, _focus(project, next_offer, moved)), marks, look)
            for project in listed
        ),
        chosen_unlisted=tuple(_marked(_line(project, chosen), marks, look) for project in unlisted),
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


def _focus(project: Project, next_offer: Project | None, moved: Move | None) -> str:
    if moved is not None and moved.verb in STEPS and moved.project == project.ballot_id:
        return moved.verb
    return "add" if project is next_offer else ""


def _marked(line: Line, marks: Marks, look: Look) -> Line:
    """Write on a line what was given there, what is wrong with it, and whether it can be paid."""
    given = marks.typed.get(line.value, "")
    points = booth_marks.number(given)
    is_wrong = points is None or points > ballots.greatest_points(look.rule)
    is_open = look.left_oere is not None and not line.chosen
    short = max(0, line.cost_oere - (look.left_oere or 0)) if is_open else 0
    return replace(line, given=given, is_wrong=bool(given) and is_wrong, short_oere=short)


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
