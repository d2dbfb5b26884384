"""The officer's front page: every round, and whether its key is made and tried."""

from dataclasses import dataclass

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from budgeting.extensions import db
from budgeting.models import BudgetRound
from budgeting.rulebook.deeds import Deed
from budgeting.services import boxes, officer_keys, rounds
from budgeting.web import access, key_progress
from budgeting.web.officer import bp


@dataclass(frozen=True)
class KeyTask:
    """A round as a line in a list of tasks."""

    title: str
    address: str
    state: str
    note: str


@bp.get("")
@access.open_to(Deed.SEE_OFFICER_PAGES)
def rounds_index() -> ResponseReturnValue:
    newest_first = select(BudgetRound).order_by(BudgetRound.id.desc())
    tasks = [_task(one) for one in db.session.scalars(newest_first)]
    return render_template("officer/rounds/index.html", tasks=tasks)


def _task(budget_round: BudgetRound) -> KeyTask:
    key = officer_keys.key_to_make(db.session(), budget_round, access.me())
    keys = boxes.officer_keys(db.session(), budget_round)
    waiting = [pair for pair in key_progress.pairs(budget_round) if not pair.is_tried]
    if key is None and len(keys) == budget_round.officers:
        state, note = "done", _("Andre har nøglerne.")
    elif key is None:
        state, note = "missing", _("Nøglen skal laves.")
    elif key.tested_at is None:
        state, note = "missing", _("Nøglen skal prøves.")
    elif any(key.number in pair.numbers for pair in waiting):
        state, note = "missing", _("Nøglen skal prøves sammen med en anden nøgleperson.")
    else:
        state, note = "done", _("Nøglen er lavet og prøvet.")
    return KeyTask(
        title=budget_round.title,
        address=url_for("officer.keys_index", round_slug=budget_round.slug),
        state=state,
        note=f"{_(rounds.phase_of(budget_round, g.now).label)}. {note}",
    )
