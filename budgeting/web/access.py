"""Who may open which page: declared on each view, enforced in one place before it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import abort, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import bindparam, select

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound
from budgeting.refusals import NotYourDeed, WrongPhase
from budgeting.rulebook import deeds
from budgeting.rulebook.deeds import Deed
from budgeting.services import database_clock, rounds
from budgeting.vocabulary import STAFF_ROLES, Phase, Role
from budgeting.web import confirming

ROUND_NAMED = select(BudgetRound).where(BudgetRound.slug == bindparam("slug"))
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Public:
    """A page that anyone may open in any phase."""


def open_to(deed: Deed) -> Callable[[View], View]:
    """Declare that the view belongs to a deed; its roles and phases stand in the rulebook."""

    def declare(view: View) -> View:
        view.access = deed  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declare that anyone may open the view."""
    view.access = Public()  # type: ignore[attr-defined]
    return view


def declared(view: Callable[..., Any]) -> Deed | Public:
    """Return what the view declares; a view without a declaration is a mistake in the house."""
    if not hasattr(view, "access"):
        raise LookupError(f"{view.__module__}.{view.__name__} does not say who may open it.")
    access: Deed | Public = view.access
    return access


def roles_now() -> frozenset[Role]:
    """Return the roles of whoever is asking, in the round the page is about."""
    roles = current_user.roles if current_user.is_authenticated else frozenset()
    if _booth_is_for(g.get("budget_round")):
        roles |= {Role.VOTER}
    return frozenset(roles | {Role.VISITOR})


def me() -> Account:
    """Return whoever is signed in; behind the guard of a deed with roles somebody is."""
    account = current_user._get_current_object()
    assert isinstance(account, Account)
    return account


def guard() -> ResponseReturnValue | None:
    """Before each view: find the round, then ask the rulebook; a stranger is shown the door in."""
    g.now = clock.now()
    if request.endpoint is None or request.endpoint == "static":
        return None
    if "\x00" in request.path:
        abort(404)
    _find_round()
    access = declared(current_app.view_functions[request.endpoint])
    if isinstance(access, Public):
        return None
    if request.method == "POST" and access in deeds.AT_THE_DEADLINE:
        g.now = database_clock.now()
    return _ask(access)


def _ask(deed: Deed) -> ResponseReturnValue | None:
    phase = rounds.phase_of(g.budget_round, g.now) if g.budget_round else None
    try:
        deeds.check(deed, roles_now(), phase)
    except NotYourDeed:
        return _the_door_in(deed)
    except WrongPhase:
        g.refused_deed = deed
        abort(403)
    if request.method == "POST" and deed in deeds.CANNOT_BE_UNDONE:
        return confirming.ask(me)
    return None


def _the_door_in(deed: Deed) -> ResponseReturnValue:
    needed = deeds.PERMISSIONS[deed].roles or frozenset()
    if Role.VOTER in needed:
        if request.method == "POST":
            flash(_("Stemmeboksen er lukket. Det, du havde valgt, blev ikke afleveret."), "warning")
        return redirect(url_for("citizen.booth_enter", round_slug=g.budget_round.slug))
    if current_user.is_authenticated:
        g.needed_roles = needed
        abort(403)
    door = "account.staff_sign_in" if needed & STAFF_ROLES else "account.sign_in"
    return redirect(url_for(door, next=request.full_path.rstrip("?")))


def _find_round() -> None:
    """Make the round named in the address known; drafts exist for administrators only."""
    g.budget_round = None
    slug = (request.view_args or {}).get("round_slug")
    if slug is None:
        return
    found = db.session.scalar(ROUND_NAMED, {"slug": slug})
    if found is None or (_is_draft(found) and not _may_see_drafts()):
        abort(404)
    g.budget_round = found


def _is_draft(budget_round: BudgetRound) -> bool:
    return rounds.phase_of(budget_round, g.now) is Phase.DRAFT


def _may_see_drafts() -> bool:
    return current_user.is_authenticated and bool(current_user.roles & {Role.ADMIN, Role.OFFICER})


def _booth_is_for(budget_round: BudgetRound | None) -> bool:
    return budget_round is not None and session.get("booth_round") == budget_round.id
