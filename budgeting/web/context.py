"""What every template knows without being told: the municipality, the round, the moment."""

from typing import Any

from flask import Flask, g
from sqlalchemy import select

from budgeting.extensions import db, login_manager
from budgeting.models import Municipality
from budgeting.rulebook.deeds import Deed, has_role_for, is_in_phase_for
from budgeting.services import rounds
from budgeting.vocabulary import Phase
from budgeting.web import access, bars, formats, navigation, sessions
from budgeting.web.forms import rendering


def add_to(app: Flask) -> None:
    """Add filters and names to every template of the app."""
    formats.add_to(app)
    bars.add_to(app)
    rendering.add_to(app)
    app.context_processor(_names)
    login_manager.user_loader(sessions.find_account)


def _names() -> dict[str, Any]:
    return {
        "municipality": db.session.scalar(select(Municipality)),
        "budget_round": g.get("budget_round"),
        "phase": phase_now(),
        "now": g.get("now"),
        "may": may,
        "work_links": navigation.work_links(),
    }


def phase_now() -> Phase | None:
    """Return the phase of the round the page is about, if it is about one."""
    budget_round = g.get("budget_round")
    return rounds.phase_of(budget_round, g.now) if budget_round else None


def may(deed: str) -> bool:
    """Whether whoever is asking may do the deed now: what templates ask before a button."""
    wanted = Deed(deed)
    phase = phase_now()
    return has_role_for(wanted, access.roles_now()) and (
        phase is None or is_in_phase_for(wanted, phase)
    )
