"""A citizen's way in: ask for a link, be told to look in the mail, open the door with it."""

from flask import flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from budgeting.refusals import Refusal
from budgeting.services import sign_in_links
from budgeting.services.sign_in_links import Door, LinkSpent, LinkUnknown
from budgeting.web import access, local_paths, sessions
from budgeting.web.account import bp, letters
from budgeting.web.account.forms import AddressForm, EnterForm, NameForm
from budgeting.web.forms import Form, hang, in_words

MAILED_TO = "mailed_to"


@bp.route("/log-ind", methods=["GET", "POST"])
@access.public
def sign_in() -> ResponseReturnValue:
    next_path = local_paths.safe(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(next_path)
    form = AddressForm()
    if form.validate_on_submit():
        try:
            session[MAILED_TO] = sign_in_links.send(
                email=form.email.data or "",
                next_path=next_path,
                letters=letters.sign_in_letters(),
                now=g.now,
            )
        except Refusal as refusal:
            hang(refusal, form)
        else:
            return redirect(url_for("account.sign_in_sent", next=request.args.get("next")))
    return render_template("account/sign_in/sign_in.html", form=form), form.status


@bp.get("/log-ind/sendt")
@access.public
def sign_in_sent() -> ResponseReturnValue:
    address = session.get(MAILED_TO)
    if address is None:
        return redirect(url_for("account.sign_in", next=request.args.get("next")))
    return render_template("account/sign_in/sent.html", address=address)


@bp.route("/log-ind/link/<token>", methods=["GET", "POST"])
@access.public
def sign_in_land(token: str) -> ResponseReturnValue:
    """Opening the page spends nothing: mail scanners open links too. The button does."""
    try:
        door = sign_in_links.look_at(token, g.now)
        form = _form_of(door)
        if form.validate_on_submit():
            return _enter(token, form)
    except Refusal as refusal:
        return _no_way_in(refusal)
    return render_template("account/sign_in/land.html", form=form, door=door), form.status


def _form_of(door: Door) -> NameForm | EnterForm:
    return NameForm() if door.is_first_time else EnterForm()


def _enter(token: str, form: Form) -> ResponseReturnValue:
    name = form.name.data if isinstance(form, NameForm) else ""
    entry = sign_in_links.enter(token=token, name=name or "", now=g.now)
    sessions.begin(entry.account)
    flash(_("Du er logget ind som %(name)s.", name=entry.account.name), "success")
    return redirect(local_paths.safe(entry.next_path))


def _no_way_in(refusal: Refusal) -> ResponseReturnValue:
    if isinstance(refusal, LinkSpent) and current_user.is_authenticated:
        return redirect(local_paths.FRONT)
    status = 404 if isinstance(refusal, LinkUnknown) else 410
    return render_template("account/sign_in/no_way_in.html", message=in_words(refusal)), status
