"""The staff: who may do what, invited by mail, and let go again."""

from flask import abort, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.rulebook.deeds import Deed
from budgeting.services import openid_adapter, post, staff
from budgeting.services.staff import Guest, Member
from budgeting.web import access
from budgeting.web.admin import bp, parts
from budgeting.web.admin.staff_forms import ButtonForm, InviteForm, RolesForm
from budgeting.web.outgoing import outside, sender


@bp.get("/medarbejdere")
@access.open_to(Deed.KEEP_STAFF)
def staff_index() -> ResponseReturnValue:
    return render_template("admin/staff/index.html", members=staff.everyone())


@bp.route("/medarbejdere/ny", methods=["GET", "POST"])
@access.open_to(Deed.KEEP_STAFF)
def staff_invite() -> ResponseReturnValue:
    form = InviteForm()
    form.offer_roles()
    if form.validate_on_submit():
        with parts.hanging(form):
            guest = Guest(form.email.data or "", form.name.data or "", form.chosen())
            account = staff.invite(by=access.me(), guest=guest, letter=_invitation, now=g.now)
            flash(_("Vi har sendt en invitation til %(email)s.", email=account.email), "success")
            return redirect(url_for("admin.staff_index"))
    provider_name = openid_adapter.name_for_staff()
    page = render_template("admin/staff/invite.html", form=form, provider_name=provider_name)
    return page, form.status


@bp.route("/medarbejdere/<int:account_id>", methods=["GET", "POST"])
@access.open_to(Deed.KEEP_STAFF)
def staff_edit(account_id: int) -> ResponseReturnValue:
    member = _member(account_id)
    form = RolesForm(data={"roles": [str(role) for role in member.roles]})
    form.offer_roles()
    if form.validate_on_submit():
        with parts.hanging(form):
            staff.change_roles(
                by=access.me(), account=member.account, roles=form.chosen(), now=g.now
            )
            flash(_("Rollerne er gemt."), "success")
            return redirect(url_for("admin.staff_index"))
    return render_template("admin/staff/edit.html", form=form, member=member), form.status


@bp.post("/medarbejdere/<int:account_id>/link")
@access.open_to(Deed.KEEP_STAFF)
def staff_send_link(account_id: int) -> ResponseReturnValue:
    account = _member(account_id).account
    staff.send_link(by=access.me(), account=account, letter=_new_password, now=g.now)
    flash(_("Vi har sendt et link til %(email)s.", email=account.email), "success")
    return redirect(url_for("admin.staff_edit", account_id=account_id))


@bp.post("/medarbejdere/<int:account_id>/nulstil-telefon")
@access.open_to(Deed.KEEP_STAFF)
def staff_reset(account_id: int) -> ResponseReturnValue:
    account = _member(account_id).account
    staff.reset_second_factor(by=access.me(), account=account, now=g.now)
    flash(_("Telefonen er nulstillet. %(name)s er logget ud.", name=account.name), "success")
    return redirect(url_for("admin.staff_index"))


@bp.route("/medarbejdere/<int:account_id>/luk", methods=["GET", "POST"])
@access.open_to(Deed.KEEP_STAFF)
def staff_close(account_id: int) -> ResponseReturnValue:
    account = _member(account_id).account
    form = ButtonForm()
    if form.validate_on_submit():
        with parts.hanging(form):
            staff.close(by=access.me(), account=account, now=g.now)
            flash(_("Adgangen er lukket for %(name)s.", name=account.name), "success")
            return redirect(url_for("admin.staff_index"))
    return render_template("admin/staff/close.html", form=form, account=account), form.status


def _member(account_id: int) -> Member:
    return staff.find(account_id) or abort(404)


def _invitation(token: str, name: str) -> post.Letter:
    return post.Letter(
        _("Du er inviteret til %(municipality)s", municipality=sender()),
        _letter("letters/staff_invitation.txt", token, name),
    )


def _new_password(token: str, name: str) -> post.Letter:
    return post.Letter(
        _("Vælg en ny adgangskode hos %(municipality)s", municipality=sender()),
        _letter("letters/staff_password.txt", token, name),
    )


def _letter(template: str, token: str, name: str) -> str:
    return render_template(
        template,
        name=name,
        address=outside(url_for("account.password_choose", token=token)),
        door=outside(url_for("account.staff_sign_in")),
        provider_name=openid_adapter.name_for_staff(),
        hours=current_app.config["PASSWORD_LINK_HOURS"],
    )
