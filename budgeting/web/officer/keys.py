"""An officer's key: make it, try it on a test envelope, make another while the round is a draft."""

from typing import Any

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, PasswordField, ValidationError

from budgeting.ballotbox import passphrases
from budgeting.extensions import db
from budgeting.models import OfficerKey
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import boxes, lending, officer_keys
from budgeting.web import access, key_progress
from budgeting.web.forms import Form, checks, hang
from budgeting.web.lending_form import text_of
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
    """The passphrase once more, to open the test envelope; and the file, if the key is in one."""

    key_file = FileField(_l("Nøglefil"))
    passphrase = PasswordField(
        _l("Adgangssætning"), [checks.Needed(_l("Skriv adgangssætningen til nøglen."))]
    )


@bp.get(ROUND)
@access.open_to(Deed.SEE_OFFICER_PAGES)
def keys_index(round_slug: str) -> ResponseReturnValue:
    key = _key_to_make()
    keys = boxes.officer_keys(db.session(), g.budget_round)
    return render_template(
        "officer/keys/index.html",
        key=key,
        fingerprint=officer_keys.fingerprint_of(key),
        is_mine=key is not None and key.account_id == access.me().id,
        is_full=key is None and len(keys) == g.budget_round.officers,
        keys=keys,
        pairs=key_progress.pairs(g.budget_round),
    )


@bp.route(f"{ROUND}/lav-noegle", methods=["GET", "POST"])
@access.open_to(Deed.MAKE_OFFICER_KEY)
def keys_make(round_slug: str) -> ResponseReturnValue:
    key = _key_to_make()
    form = KeyForm(data={"seen_key": officer_keys.fingerprint_of(key)})
    if form.validate_on_submit():
        said: dict[str, Any] = {
            "by": access.me(),
            "budget_round": g.budget_round,
            "passphrase": form.passphrase.data or "",
            "seen_key": form.seen_key.data or "",
            "now": g.now,
        }
        try:
            if g.budget_round.keys_in_files:
                return _as_file(officer_keys.make_key_file(**said))
            officer_keys.make_key(**said)
        except Refusal as refusal:
            hang(refusal, form)
        else:
            flash(_("Nøglen er lavet. Prøv den nu, mens du husker sætningen."), "success")
            return redirect(url_for("officer.keys_test", round_slug=round_slug))
    page = "officer/keys/make.html"
    return render_template(page, form=form, key=_key_to_make()), form.status


@bp.route(f"{ROUND}/proev-noegle", methods=["GET", "POST"])
@access.open_to(Deed.MAKE_OFFICER_KEY)
def keys_test(round_slug: str) -> ResponseReturnValue:
    if _key_to_make() is None:
        return redirect(url_for("officer.keys_index", round_slug=round_slug))
    form = TryForm()
    if form.validate_on_submit():
        try:
            officer_keys.try_key(
                by=access.me(),
                budget_round=g.budget_round,
                passphrase=form.passphrase.data or "",
                key_file=text_of(form.key_file),
                now=g.now,
            )
        except Refusal as refusal:
            if isinstance(refusal, lending.KeyFileUnfit):
                refusal.field = "key_file"
            hang(refusal, form)
        else:
            flash(_("Prøvekuverten blev åbnet. Nøglen virker."), "success")
            return redirect(url_for("officer.keys_index", round_slug=round_slug))
    return render_template("officer/keys/test.html", form=form), form.status


def _as_file(text: str) -> Response:
    """Hand the locked key out once; nothing of it is kept here."""
    answer = Response(text, content_type="text/plain; charset=utf-8")
    name = f"noegle-{g.budget_round.slug}.txt"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _key_to_make() -> OfficerKey | None:
    return officer_keys.key_to_make(db.session(), g.budget_round, access.me())
