"""The council's list of rounds: which wait for a decision, and which have one."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from budgeting.extensions import db
from budgeting.rulebook.deeds import Deed
from budgeting.services import round_lists
from budgeting.web import access
from budgeting.web.council import bp


@bp.get("/")
@access.open_to(Deed.SEE_COUNCIL_PAGES)
def rounds_index() -> ResponseReturnValue:
    return render_template(
        "council/rounds/index.html", rounds=round_lists.public_rounds(db.session(), g.now)
    )
