"""The mails of signing in, written in the visitor's language."""

from flask import current_app, render_template, url_for
from flask_babel import gettext as _

from budgeting.services import post, sign_in_links
from budgeting.web.outgoing import outside, sender


def sign_in_letters() -> sign_in_links.Letters:
    """Return the writers of the two mails: one with a link, one that says there is none."""
    return sign_in_links.Letters(with_link=_with_link, to_staff=_to_staff)


def _with_link(token: str, name: str) -> post.Letter:
    body = render_template(
        "letters/sign_in_link.txt",
        name=name,
        address=outside(url_for("account.sign_in_land", token=token)),
        minutes=current_app.config["SIGN_IN_LINK_MINUTES"],
    )
    return post.Letter(_("Dit link til %(municipality)s", municipality=sender()), body)


def _to_staff(name: str) -> post.Letter:
    body = render_template(
        "letters/sign_in_staff.txt",
        name=name,
        address=outside(url_for("account.staff_sign_in")),
    )
    return post.Letter(_("Log ind hos %(municipality)s", municipality=sender()), body)
