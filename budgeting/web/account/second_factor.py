"""The second step of staff signing in: show the telephone's code, or set it up the first time."""

import segno
from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.models import Account
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import one_time_codes, second_factors
from budgeting.web import access, local_paths, sessions
from budgeting.web.account import bp
from budgeting.web.account.forms import SecondFactorForm
from budgeting.web.forms import hang
from budgeting.web.outgoing import sender

QR_SCALE = 5


@bp.route("/log-ind/medarbejder/kode", methods=["GET", "POST"])
@access.public
def second_factor_ask() -> ResponseReturnValue:
    account = sessions.half_now()
    if account is None:
        return _from_the_beginning()
    if not second_factors.has_one(account):
        return redirect(url_for("account.second_factor_make", next=request.args.get("next")))
    form = SecondFactorForm()
    if form.validate_on_submit():
        try:
            second_factors.check(account, code=form.code.data or "", now=g.now)
        except Refusal as refusal:
            hang(refusal, form)
        else:
            return _come_in(account)
    return render_template("account/second_factor/ask.html", form=form), form.status


@bp.route("/log-ind/medarbejder/ny-telefon", methods=["GET", "POST"])
@access.public
def second_factor_make() -> ResponseReturnValue:
    account = sessions.half_now()
    if account is None:
        return _from_the_beginning()
    if second_factors.has_one(account):
        return redirect(url_for("account.second_factor_ask", next=request.args.get("next")))
    form = SecondFactorForm()
    if form.validate_on_submit():
        try:
            codes = second_factors.confirm(account, code=form.code.data or "", now=g.now)
        except Refusal as refusal:
            hang(refusal, form)
        else:
            sessions.begin(account)
            return _recovery_codes(codes, local_paths.safe(request.args.get("next")))
    return _make_page(account, form)


@bp.post("/konto/nodkoder")
@access.open_to(Deed.KEEP_OWN_ACCOUNT)
def second_factor_codes() -> ResponseReturnValue:
    me = access.me()
    if not second_factors.has_one(me):
        return redirect(url_for("account.own_show"))
    return _recovery_codes(
        second_factors.make_recovery_codes(by=me, now=g.now), url_for("account.own_show")
    )


def _make_page(account: Account, form: SecondFactorForm) -> ResponseReturnValue:
    secret = second_factors.secret_to_show(account)
    address = one_time_codes.address(secret, issuer=_issuer(), account=account.email)
    page = render_template(
        "account/second_factor/make.html",
        form=form,
        picture=segno.make(address, error="m").svg_data_uri(scale=QR_SCALE, light="white"),
        secret=one_time_codes.as_text(secret),
        address=address,
    )
    return page, form.status


def _issuer() -> str:
    """Return the name the code stands under in the telephone; a colon would cut it in two."""
    return sender().replace(":", " ")


def _recovery_codes(codes: tuple[str, ...], next_path: str) -> ResponseReturnValue:
    return render_template("account/second_factor/codes.html", codes=codes, next_path=next_path)


def _come_in(account: Account) -> ResponseReturnValue:
    sessions.begin(account)
    left = second_factors.recovery_codes_left(account)
    if left == 0:
        flash(_("Du har ingen nødkoder tilbage. Lav nye under „Din konto“."), "warning")
    return redirect(local_paths.safe(request.args.get("next")))


def _from_the_beginning() -> ResponseReturnValue:
    return redirect(url_for("account.staff_sign_in", next=request.args.get("next")))
