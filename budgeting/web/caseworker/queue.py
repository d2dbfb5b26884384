"""The caseworkers' desk: which rounds have proposals waiting, and each round's queue."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from budgeting.extensions import db
from budgeting.rulebook.deeds import Deed
from budgeting.services import round_lists, screening_queue
from budgeting.web import access
from budgeting.web.caseworker import bp


@bp.get("/")
@access.open_to(Deed.SEE_SCREENING)
def queue_index() -> ResponseReturnValue:
    return render_template(
        "caseworker/queue/index.html",
        rounds=round_lists.public_rounds(db.session(), g.now),
        waiting=screening_queue.waiting_by_round(db.session()),
    )


@bp.get("/<round_slug>")
@access.open_to(Deed.SEE_SCREENING)
def queue_show(round_slug: str) -> ResponseReturnValue:
    queue = screening_queue.queue_of(db.session(), g.budget_round)
    return render_template("caseworker/queue/show.html", queue=queue)
