"""The style sheet with the municipality's colour; its address names the colours it holds."""

import hashlib
from functools import cache

from flask import Response, current_app
from sqlalchemy import select

from budgeting.extensions import db
from budgeting.models import Municipality
from budgeting.web import access
from budgeting.web.public import bp
from budgeting.web.theme import NEUTRAL, theme_of

A_YEAR = 365 * 24 * 60 * 60


@bp.get("/tema.css")
@access.public
def theme() -> Response:
    """The style sheet; kept for a year, since another colour has another address."""
    municipality = db.session.scalar(select(Municipality))
    answer = Response(_style_sheet(_colour_of(municipality)), mimetype="text/css")
    answer.cache_control.public = True
    answer.cache_control.max_age = A_YEAR
    answer.cache_control.immutable = True
    return answer


@bp.app_template_global("theme_version")
def theme_version(municipality: Municipality | None) -> str:
    """Return a short word for the style sheet as it is now."""
    return hashlib.sha256(_style_sheet(_colour_of(municipality)).encode()).hexdigest()[:8]


def _colour_of(municipality: Municipality | None) -> str:
    return municipality.colour if municipality else NEUTRAL


@cache
def _style_sheet(colour: str) -> str:
    """Render without what pages know of the visitor: it is the same for everyone."""
    template = current_app.jinja_env.get_template("layout/theme.css")
    return template.render(theme=theme_of(colour))
