""" "Din konto": where one is signed in, one's password, and the codes for a lost telephone."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import accounts, second_factors, sign_ins
from budgeting.web import access, sessions
from budgeting.web.account import bp
from budgeting.web.account.forms import ChangePasswordForm
from budgeting.web.forms import hang


@bp.get("/konto")
@access.open_to(Deed.KEEP_OWN_ACCOUNT)
def own_show() -> ResponseReturnValue:
    me = access.me()
    return render_template(
        "account/own/show.html",
        sign_ins=sign_ins.of(me, g.now),
        here=_here(),
        has_second_factor=second_factors.has_one(me),
        codes_left=second_factors.recovery_codes_left(me),
    )


@bp.post("/konto/afslut/<int:sign_in_id>")
@access.open_to(Deed.KEEP_OWN_ACCOUNT)
def own_end(sign_in_id: int) -> ResponseReturnValue:
    if sign_in_id != _here():
        sign_ins.end_one(by=access.me(), sign_in_id=sign_in_id)
        flash(_("Den er logget ud."), "success")
    return redirect(url_for("account.own_show"))


@bp.route("/konto/adgangskode", methods=["GET", "POST"])
@access.open_to(Deed.KEEP_OWN_ACCOUNT)
def own_password() -> ResponseReturnValue:
    if access.me().password_hash is None:
        return redirect(url_for("account.own_show"))
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            accounts.change_password(
                by=access.me(),
                old=form.old.data or "",
                new=form.password.data or "",
                sign_in_id=_here(),
                now=g.now,
            )
        except Refusal as refusal:
            hang(refusal, form)
        else:
            flash(_("Adgangskoden er skiftet. Alle andre steder er du logget ud."), "success")
            return redirect(url_for("account.own_show"))
    return render_template("account/own/password.html", form=form), form.status


def _here() -> int | None:
    """Return the number of the sign-in of this browser."""
    found = sessions.now()
    return found.id if found else None
