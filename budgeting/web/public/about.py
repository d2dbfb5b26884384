"""What we say about ourselves: how accessible the pages are, and what is kept about you."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from budgeting.extensions import db
from budgeting.services import round_lists
from budgeting.vocabulary import Phase
from budgeting.web import access
from budgeting.web.public import bp


@bp.get("/was")
@access.public
def accessibility() -> ResponseReturnValue:
    return render_template("public/about/accessibility.html")


@bp.get("/privatliv")
@access.public
def privacy() -> ResponseReturnValue:
    listed = round_lists.public_rounds(db.session(), g.now)
    running = [
        one.budget_round
        for one in listed
        if one.phase is not Phase.CLOSED and not one.budget_round.source
    ]
    return render_template("public/about/privacy.html", running=running)
