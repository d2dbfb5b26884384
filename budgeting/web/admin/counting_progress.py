"""The box is being opened, or the ballots counted: how far it is, and what to do if nothing happens."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.extensions import db
from budgeting.rulebook.deeds import Deed
from budgeting.services import count_orders
from budgeting.services.count_orders import Standing
from budgeting.web import access, bars
from budgeting.web.admin import bp
from budgeting.web.admin.counting import back

BEGUN_ANEW = 2


@bp.get("/runder/<round_slug>/optaelling/taelles")
@access.open_to(Deed.COUNT_BALLOTS)
def counting_progress(round_slug: str) -> ResponseReturnValue:
    if g.budget_round.counted_at:
        flash(_("Stemmerne er talt op. Se resultatet igennem, og offentliggør det."), "success")
        return back()
    order = count_orders.find(db.session(), g.budget_round)
    if order is None:
        return redirect(url_for("admin.counting_count", round_slug=round_slug))
    standing = count_orders.standing(order)
    return render_template(
        "admin/counting/progress.html",
        order=order,
        standing=standing.name.lower(),
        is_opening=standing is Standing.OPENING,
        is_interrupted=standing is Standing.INTERRUPTED,
        nobody_comes=standing is Standing.NOBODY_COMES,
        is_begun_anew=count_orders.said(order).get("begun", 0) >= BEGUN_ANEW,
        done=bars.percent(order.done, order.total),
    )
