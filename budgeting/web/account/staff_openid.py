"""Staff sign in with the municipality's own sign-in, and show there again who they are."""

from flask import abort, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import identity, openid_adapter, sign_ins, staff_openid
from budgeting.services.identity import Adapter, Colleague, Departure, NotBelieved
from budgeting.web import access, local_paths, sessions
from budgeting.web.account import bp
from budgeting.web.forms import in_words
from budgeting.web.outgoing import outside

QUESTION = "staff_openid"


@bp.get("/log-ind/medarbejder/faelles")
@access.public
def staff_openid_depart() -> ResponseReturnValue:
    next_path = local_paths.safe(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(next_path)
    adapter = _adapter()
    try:
        return _leave(adapter.depart(next_path, back_to=_back_to(), now=g.now))
    except Refusal as refusal:
        return _no_way_in(refusal)


@bp.get("/konto/bekraeft")
@access.open_to(Deed.KEEP_OWN_ACCOUNT)
def staff_openid_confirm() -> ResponseReturnValue:
    adapter = _adapter()
    try:
        return _leave(adapter.depart_afresh("", back_to=_back_to(), now=g.now))
    except Refusal as refusal:
        return _no_way_in(refusal)


@bp.get("/log-ind/medarbejder/retur")
@access.public
def staff_openid_return() -> ResponseReturnValue:
    """The question is taken out of the cookie first: an answer is looked at once."""
    question = identity.question_of(session.pop(QUESTION, None))
    try:
        if question is None:
            raise NotBelieved("no question was asked")
        colleague = _adapter().come_back(
            question, answer=request.args.to_dict(), back_to=_back_to(), now=g.now
        )
        return _confirm(colleague) if question.is_fresh else _enter(colleague, question.errand)
    except Refusal as refusal:
        return _no_way_in(refusal)


def _enter(colleague: Colleague, next_path: str) -> ResponseReturnValue:
    account = staff_openid.enter(colleague, now=g.now)
    sessions.begin(account, shown_at=colleague.shown_at or sign_ins.LONG_AGO)
    flash(_("Du er logget ind som %(name)s.", name=account.name), "success")
    return redirect(local_paths.safe(next_path))


def _confirm(colleague: Colleague) -> ResponseReturnValue:
    sign_in = sessions.now() if current_user.is_authenticated else None
    if sign_in is None:
        raise NotBelieved("nobody is signed in")
    staff_openid.confirm(colleague, by=access.me(), sign_in=sign_in, now=g.now)
    return render_template("account/confirm/done.html")


def _adapter() -> Adapter[Colleague]:
    return openid_adapter.for_staff() or abort(404)


def _leave(departure: Departure) -> ResponseReturnValue:
    session[QUESTION] = departure.question.as_kept()
    return redirect(departure.address)


def _back_to() -> str:
    return outside(url_for("account.staff_openid_return"))


def _no_way_in(refusal: Refusal) -> ResponseReturnValue:
    if isinstance(refusal, NotBelieved):
        current_app.logger.warning("A sign-in was not believed: %s", refusal.reason)
    page = render_template("account/staff/no_way_in.html", message=in_words(refusal))
    return page, 403
