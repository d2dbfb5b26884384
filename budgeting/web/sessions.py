"""Opening and closing a signed-in session; the cookie holds a random id and nothing else of it.

Who is behind the id stands in the database, so that signing out shuts every copy of the cookie out.
"""

from datetime import datetime

from flask import g, request, session
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from budgeting import clock
from budgeting.models import Account, SignIn
from budgeting.services import booth_passes, sign_ins
from budgeting.web import devices

TOKEN = "_user_id"  # noqa: S105 - where Flask-Login keeps whatever names the person
HALF = "half_signed_in"
BOOTH = "booth_pass"


def begin(account: Account, *, shown_at: datetime | None = None) -> None:
    """Start a fresh session for a person; what the cookie held before is forgotten."""
    token = sign_ins.begin(account, device=devices.of_request(), now=clock.now(), shown_at=shown_at)
    _forget_earlier()
    login_user(account)
    session[TOKEN] = token
    g.sign_in = sign_ins.find(token, clock.now())


def begin_half(account: Account) -> None:
    """Remember that the password was right; nobody is signed in yet."""
    token = sign_ins.begin_half(account, device=devices.of_request(), now=clock.now())
    _forget_earlier()
    session[HALF] = token


def half_now() -> Account | None:
    """Return whoever has given the password and still owes the second factor."""
    found = sign_ins.find_half(str(session.get(HALF, "")), clock.now())
    return found.account if found else None


def find_account(token: str) -> Account | None:
    """Return who is behind the cookie's id, if they are still signed in."""
    g.sign_in = sign_ins.find(token, clock.now())
    return g.sign_in.account if g.sign_in else None


def now() -> SignIn | None:
    """Return the sign-in of whoever is asking."""
    found: SignIn | None = g.get("sign_in")
    return found


def keep() -> ResponseReturnValue | None:
    """Before each page: note that whoever is signed in was there."""
    if TOKEN in session and request.endpoint not in (None, "static"):
        found = sign_ins.find(str(session[TOKEN]), clock.now())
        if found is not None:
            sign_ins.note_seen(found, clock.now())
    return None


def end() -> None:
    """Forget who was signed in, here and in the database, and an open booth too."""
    _forget_earlier()
    logout_user()
    session.clear()


def _forget_earlier() -> None:
    """Clear the cookie, and end what it named: a copy of it opens nothing any more."""
    if BOOTH in session:
        booth_passes.close_everywhere(str(session[BOOTH]))
    for key in (TOKEN, HALF):
        if key in session:
            sign_ins.end(str(session[key]))
    session.clear()
