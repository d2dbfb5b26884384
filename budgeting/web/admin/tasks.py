"""The task list of *Klargør runden*: what is done, what is missing, what must wait, and whose it is."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from budgeting.extensions import db
from budgeting.models import BudgetRound
from budgeting.rulebook import officers
from budgeting.rulebook.readiness import Missing, Part
from budgeting.services import boxes, preparing
from budgeting.vocabulary import N_
from budgeting.web.admin import facts
from budgeting.web.admin.parts import PAGES

GROUPS = (
    (N_("Det handler runden om"), (Part.TEXTS, Part.AREAS, Part.POTS)),
    (
        N_("Sådan stemmer man"),
        (Part.VOTERS, Part.WAYS_IN, Part.BALLOT, Part.COUNT, Part.TIMETABLE, Part.BALLOT_BOX),
    ),
    (N_("Det skal være på plads"), (Part.FRAME, Part.ROLL, Part.OFFICER)),
)
# A part that builds on another one, and what is said while that one is missing.
WAITS = {
    Part.COUNT: (Part.BALLOT, N_("Kan begynde, når stemmesedlen er valgt")),
    Part.ROLL: (Part.AREAS, N_("Kan begynde, når lokalområderne er på plads")),
}
ORDER = [part for _heading, group in GROUPS for part in group]
SHOWN_ROWS = 6
LONGEST_NOTE = 160


@dataclass(frozen=True)
class Task:
    """A line of the list."""

    title: str
    address: str
    state: str
    note: str
    waits_for: str = ""


@dataclass(frozen=True)
class Gap:
    """A line of the box that says what is missing."""

    sentence: str
    address: str


def groups(budget_round: BudgetRound, missing: Collection[Missing]) -> list[tuple[str, list[Task]]]:
    """Return the tasks under their headings."""
    open_parts = {gap.part for gap in missing}
    return [
        (_(heading), [_task(part, budget_round, open_parts) for part in parts])
        for heading, parts in GROUPS
    ]


def gaps(budget_round: BudgetRound, missing: Collection[Missing]) -> list[tuple[str, list[Gap]]]:
    """Return what is missing in the order of the list, under the names of those who mend it."""
    ordered = sorted(missing, key=lambda gap: ORDER.index(gap.part))
    told: dict[str, list[Gap]] = {}
    for gap in ordered:
        line = Gap(_(gap.sentence), address_of(gap.part, budget_round))
        told.setdefault(_(PAGES[gap.part].who), []).append(line)
    return list(told.items())


def address_of(part: Part, budget_round: BudgetRound) -> str:
    """Return the address of a part's page."""
    return url_for(PAGES[part].endpoint, round_slug=budget_round.slug)


def _task(part: Part, budget_round: BudgetRound, open_parts: Collection[Part]) -> Task:
    needs, sentence = WAITS.get(part, (part, ""))
    is_missing = part in open_parts
    must_wait = needs is not part and needs in open_parts and is_missing
    state = "waiting" if must_wait else "missing" if is_missing else "done"
    return Task(
        title=_(PAGES[part].title),
        address=address_of(part, budget_round),
        state=state,
        note=_note(part, budget_round),
        waits_for=_(sentence) if must_wait else "",
    )


def _note(part: Part, budget_round: BudgetRound) -> str:
    """Say in one line what has been chosen, so that nobody must open a page to see it."""
    rows = [(name, value) for name, value in facts.of(part, budget_round) if value]
    match part:
        case Part.TEXTS:
            note = budget_round.summary
        case Part.POTS:
            note = "; ".join(f"{name}: {value}" for name, value in rows[:SHOWN_ROWS])
        case Part.TIMETABLE:
            note = "; ".join(f"{name} {value}" for name, value in rows[3:5])
        case Part.COUNT:
            note = rows[0][1] if budget_round.rule and rows else ""
        case Part.ROLL:
            note = _("%(all)s. %(some)s har en kode.", all=rows[0][1], some=rows[1][1])
        case Part.OFFICER:
            note = _officer_note(budget_round)
        case _:
            note = "; ".join(value for _name, value in rows)
    return note if len(note) <= LONGEST_NOTE else f"{note[:LONGEST_NOTE].rstrip()} …"


def _officer_note(budget_round: BudgetRound) -> str:
    keys = boxes.officer_keys(db.session(), budget_round)
    if not keys:
        return ""
    if budget_round.officers != officers.ONE:
        return _three_note(budget_round)
    if keys[0].tested_at is None:
        return _("%(name)s har lavet nøglen. Den er ikke prøvet.", name=keys[0].account.name)
    return _("%(name)s har lavet og prøvet nøglen.", name=keys[0].account.name)


def _three_note(budget_round: BudgetRound) -> str:
    state = preparing.preparation_of(budget_round)
    return _(
        "%(made)s af 3 har lavet deres nøgle, %(tested)s har prøvet den. "
        "%(pairs)s af 3 par har prøvet sammen.",
        made=state.keys_made,
        tested=state.keys_tested,
        pairs=state.pairs_tested,
    )


def told(budget_round: BudgetRound) -> list[tuple[str, facts.Rows]]:
    """Return everything that was set up, under the parts' names: what opening locks."""
    return [(_(PAGES[part].title), facts.of(part, budget_round)) for part in ORDER]
