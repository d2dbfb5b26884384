"""Where the mailed link to choose a password lands."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.refusals import Refusal
from budgeting.services import openid_adapter, staff
from budgeting.web import access, sessions
from budgeting.web.account import bp
from budgeting.web.account.forms import NewPasswordForm
from budgeting.web.forms import hang, in_words


@bp.route("/log-ind/adgangskode/<token>", methods=["GET", "POST"])
@access.public
def password_choose(token: str) -> ResponseReturnValue:
    try:
        account = staff.look_at(token, g.now)
    except staff.PasswordLinkUnknown as refusal:
        return render_template("account/password/no_link.html", message=in_words(refusal)), 410
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            staff.choose_password(token=token, password=form.password.data or "", now=g.now)
        except Refusal as refusal:
            hang(refusal, form)
        else:
            sessions.end()
            flash(_("Adgangskoden er valgt. Nu kan du logge ind med den."), "success")
            return redirect(url_for("account.staff_sign_in"))
    page = render_template(
        "account/password/choose.html",
        form=form,
        account=account,
        provider_name=openid_adapter.name_for_staff(),
    )
    return page, form.status
