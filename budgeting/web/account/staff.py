"""The way in for those who work for the municipality, and the way out for everyone."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from budgeting.models import Account
from budgeting.refusals import Refusal
from budgeting.services import accounts, openid_adapter, second_factors
from budgeting.web import access, local_paths, sessions
from budgeting.web.account import bp
from budgeting.web.account.forms import StaffForm
from budgeting.web.forms import hang


@bp.route("/log-ind/medarbejder", methods=["GET", "POST"])
@access.public
def staff_sign_in() -> ResponseReturnValue:
    next_path = local_paths.safe(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(next_path)
    form = StaffForm()
    if form.validate_on_submit():
        try:
            account = accounts.sign_in_with_password(
                email=form.email.data or "", password=form.password.data or "", now=g.now
            )
        except Refusal as refusal:
            hang(refusal, form)
        else:
            return _go_on(account, next_path)
    page = render_template(
        "account/staff/sign_in.html", form=form, provider_name=openid_adapter.name_for_staff()
    )
    return page, form.status


def _go_on(account: Account, next_path: str) -> ResponseReturnValue:
    """Let the person in, or on to the second factor where one is asked for."""
    if not second_factors.is_asked_of(account):
        sessions.begin(account)
        return redirect(next_path)
    sessions.begin_half(account)
    step = "ask" if second_factors.has_one(account) else "make"
    return redirect(url_for(f"account.second_factor_{step}", next=next_path))


@bp.post("/log-ud")
@access.public
def sign_out() -> ResponseReturnValue:
    sessions.end()
    flash(_("Du er logget ud."), "success")
    return redirect(local_paths.FRONT)
