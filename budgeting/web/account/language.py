"""The choice of language, kept in a cookie of its own."""

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue

from budgeting.web import LANGUAGE_COOKIE, LANGUAGES, access, local_paths
from budgeting.web.account import bp

A_YEAR = 365 * 24 * 60 * 60


@bp.post("/sprog")
@access.public
def language() -> ResponseReturnValue:
    answer = redirect(local_paths.safe(request.form.get("next")))
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE,
            chosen,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    return answer
