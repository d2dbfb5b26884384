"""The visitor's own order of the projects: a small number in a cookie of ours.

The number tells nobody apart (see rulebook/display_order.py). It is kept for as long as a
vote may last, so that catalogue and booth show the projects in the same order each time.
"""

import secrets
from collections.abc import Iterable

from flask import Response, after_this_request, current_app, g, request

from budgeting.rulebook import display_order
from budgeting.rulebook.display_order import NUMBERS, Listed

COOKIE = "order"
KEPT_FOR_SECONDS = 30 * 24 * 60 * 60


def in_visitors_order(listed: Iterable[Listed]) -> list[Listed]:
    """Return projects in the order that belongs to whoever is asking."""
    return display_order.in_order_of(_number(), listed)


def forget(response: Response) -> Response:
    """Let the next visitor at the same screen have an order of their own."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
    return response


def _number() -> int:
    """Return the visitor's number; the first time one is drawn and kept."""
    known = request.cookies.get(COOKIE, "")
    if known.isascii() and known.isdigit() and len(known) <= len(str(NUMBERS - 1)):
        return int(known)
    if "order_number" not in g:
        g.order_number = secrets.randbelow(NUMBERS)
        after_this_request(_keep)
    return int(g.order_number)


def _keep(response: Response) -> Response:
    response.set_cookie(
        COOKIE,
        str(g.order_number),
        max_age=KEPT_FOR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response
