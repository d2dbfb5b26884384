"""The voter's booth in the browser: opened by a code, closed by leaving or by standing idle.

The cookie knows which round, a pass to the booth that was opened, and when the booth was last
used. Whose pass it is stands in the database. Neither ever knows a choice.
"""

from datetime import UTC, datetime, timedelta

from flask import current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.models import Voter
from budgeting.services import booth_passes
from budgeting.web.citizen import bp

SECONDS_THE_SAME = 15
KEYS = ("booth_round", "booth_pass", "booth_seen")
DOORS = frozenset({"citizen.booth_enter", "citizen.booth_leave", "citizen.booth_left"})


def open_for(voter: Voter) -> None:
    """Open the booth for a voter; whoever stood in it before is out."""
    close()
    session["booth_round"] = voter.round_id
    session["booth_pass"] = booth_passes.open_for(voter)
    touch()


def close() -> None:
    """Close the booth in this browser; a signed-in person stays signed in."""
    if "booth_pass" in session:
        booth_passes.close(pass_now())
    _forget()


def leave() -> None:
    """Close every booth of whoever stands here, in other browsers too."""
    if "booth_pass" in session:
        booth_passes.close_everywhere(pass_now())
    _forget()


def _forget() -> None:
    for key in KEYS:
        session.pop(key, None)


def touch() -> None:
    """Note that somebody is there; a cookie is not signed anew for a few seconds."""
    now = int(g.now.timestamp())
    if abs(now - session.get("booth_seen", 0)) >= SECONDS_THE_SAME:
        session["booth_seen"] = now


def is_open_here() -> bool:
    """Whether this browser stands in the booth of the round the page is about."""
    return g.budget_round is not None and session.get("booth_round") == g.budget_round.id


def find_voter() -> Voter | None:
    """Return the voter in the booth, unless the booth is closed or they left the roll."""
    if not is_open_here():
        return None
    voter = booth_passes.find_voter(pass_now())
    return voter if voter is not None and voter.round_id == g.budget_round.id else None


def pass_now() -> str:
    """Return what the booth's forms carry, so that a form from an earlier booth is told apart."""
    return str(session.get("booth_pass", ""))


@bp.before_request
def _keep_the_booth() -> ResponseReturnValue | None:
    """Before each page in the booth: somebody must be there, and it must be the same one."""
    is_inside = str(request.endpoint).startswith("citizen.booth_")
    if not is_inside or request.endpoint in DOORS:
        return None
    g.voter = find_voter()
    if g.voter is None or _is_idle():
        return _closed_by_itself()
    touch()
    return _refuse_form_of_another_booth()


def _is_idle() -> bool:
    seen = datetime.fromtimestamp(session.get("booth_seen", 0), UTC)
    return bool(g.now - seen > timedelta(minutes=current_app.config["BOOTH_MINUTES"]))


def _closed_by_itself() -> ResponseReturnValue:
    close()
    flash(
        _(
            "Stemmeboksen blev lukket, fordi der ikke skete noget i %(minutes)s minutter. "
            "Skriv koden igen for at komme ind. En stemme, du har fået kvittering for, tæller.",
            minutes=current_app.config["BOOTH_MINUTES"],
        ),
        "warning",
    )
    return redirect(url_for("citizen.booth_enter", round_slug=g.budget_round.slug))


def _refuse_form_of_another_booth() -> ResponseReturnValue | None:
    if request.method != "POST" or request.form.get("booth") == pass_now():
        return None
    flash(
        _(
            "Stemmeboksen er åbnet igen, siden du hentede den side, du kom fra. "
            "Det, du valgte der, er ikke afleveret. Vælg igen herfra."
        ),
        "warning",
    )
    return redirect(url_for("citizen.booth_pots", round_slug=g.budget_round.slug))
