"""The officer's key: make it, try it on a test envelope, make another while the round is a draft."""

from typing import cast

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import HiddenField, PasswordField, ValidationError

from budgeting.ballotbox import passphrases
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, OfficerKey
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import officer_keys
from budgeting.web import access
from budgeting.web.forms import Form, checks, hang
from budgeting.web.officer import bp

ROUND = "/<round_slug>"


class KeyForm(Form):
    """A passphrase, typed twice; and which key stood on the page, if any."""

    passphrase = PasswordField(
        _l("Adgangssætning"), [checks.Needed(_l("Skriv en adgangssætning."))]
    )
    again = PasswordField(
        _l("Adgangssætningen en gang til"),
        [checks.Needed(_l("Skriv adgangssætningen en gang til."))],
    )
    seen_key = HiddenField()

    def validate_again(self, field: PasswordField) -> None:
        """Refuse a slip of the finger that would lock the key for ever."""
        typed = self.passphrase.data or ""
        if field.data and passphrases.read(field.data) != passphrases.read(typed):
            raise ValidationError(_("De to adgangssætninger er ikke ens. Skriv dem begge igen."))


class TryForm(Form):
    """The passphrase once more, to open the test envelope."""

    passphrase = PasswordField(
        _l("Adgangssætning"), [checks.Needed(_l("Skriv adgangssætningen til nøglen."))]
    )


@bp.get(ROUND)
@access.open_to(Deed.SEE_OFFICER_PAGES)
def keys_index(round_slug: str) -> ResponseReturnValue:
    key = _key(g.budget_round)
    return render_template(
        "officer/keys/index.html",
        key=key,
        fingerprint=officer_keys.fingerprint_of(key),
        is_mine=key is not None and key.account_id == me().id,
    )


@bp.route(f"{ROUND}/lav-noegle", methods=["GET", "POST"])
@access.open_to(Deed.MAKE_OFFICER_KEY)
def keys_make(round_slug: str) -> ResponseReturnValue:
    key = _key(g.budget_round)
    form = KeyForm(data={"seen_key": officer_keys.fingerprint_of(key)})
    if form.validate_on_submit():
        try:
            officer_keys.make_key(
                by=me(),
                budget_round=g.budget_round,
                passphrase=form.passphrase.data or "",
                seen_key=form.seen_key.data or "",
                now=g.now,
            )
        except Refusal as refusal:
            hang(refusal, form)
        else:
            flash(_("Nøglen er lavet. Prøv den nu, mens du husker sætningen."), "success")
            return redirect(url_for("officer.keys_test", round_slug=round_slug))
    page = "officer/keys/make.html"
    return render_template(page, form=form, key=_key(g.budget_round)), form.status


@bp.route(f"{ROUND}/proev-noegle", methods=["GET", "POST"])
@access.open_to(Deed.MAKE_OFFICER_KEY)
def keys_test(round_slug: str) -> ResponseReturnValue:
    if _key(g.budget_round) is None:
        return redirect(url_for("officer.keys_index", round_slug=round_slug))
    form = TryForm()
    if form.validate_on_submit():
        try:
            officer_keys.try_key(
                by=me(),
                budget_round=g.budget_round,
                passphrase=form.passphrase.data or "",
                now=g.now,
            )
        except Refusal as refusal:
            hang(refusal, form)
        else:
            flash(_("Prøvekuverten blev åbnet. Nøglen virker."), "success")
            return redirect(url_for("officer.keys_index", round_slug=round_slug))
    return render_template("officer/keys/test.html", form=form), form.status


def me() -> Account:
    """Return whoever is signed in; the guard has seen to it that somebody is."""
    return cast(Account, current_user._get_current_object())


def _key(budget_round: BudgetRound) -> OfficerKey | None:
    return officer_keys.find_key(db.session(), budget_round)
