"""Be anyone with one click, see the voters' codes and the mails, and move the clock."""

from datetime import timedelta

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from budgeting import clock
from budgeting.demo import backstage
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound
from budgeting.services import choosing_ways
from budgeting.web import access, formats, sessions
from budgeting.web.demo import bp

INDEX = "demo.index"


@bp.get("/")
@access.public
def index() -> ResponseReturnValue:
    rounds = list(db.session.scalars(select(BudgetRound).order_by(BudgetRound.id)))
    return render_template(
        "demo/index.html",
        rounds=rounds,
        staff=backstage.staff(),
        citizens=backstage.citizens(),
        codes=[(one, backstage.codes_of(one)) for one in rounds],
        with_mitid=[one for one in rounds if one.ways_in in choosing_ways.WITH_OPENID],
        moments=[(one, backstage.next_moment(one, g.now)) for one in rounds],
        letters=backstage.letters(),
        is_shifted=bool(clock.offset()),
        passphrase=backstage.PASSPHRASE,
    )


@bp.post("/vaer/<int:account_id>")
@access.public
def become(account_id: int) -> ResponseReturnValue:
    account = db.session.get(Account, account_id) or abort(404)
    sessions.begin(account)
    flash(_("Du er nu %(name)s.", name=account.name))
    return redirect(url_for("public.home"))


@bp.post("/ur/<round_slug>")
@access.public
def forward(round_slug: str) -> ResponseReturnValue:
    step = backstage.next_moment(g.budget_round, g.now)
    if step is not None:
        clock.set_offset(clock.offset() + (step.at - g.now) + timedelta(seconds=1))
        flash(_("Uret er stillet til %(when)s.", when=formats.when(clock.now())))
    return redirect(url_for(INDEX))


@bp.post("/ur")
@access.public
def reset_clock() -> ResponseReturnValue:
    clock.set_offset(timedelta(0))
    flash(_("Uret går rigtigt igen."))
    return redirect(url_for(INDEX))
