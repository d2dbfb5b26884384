"""Before a deed that cannot be undone, whoever has not lately shown who they are shows it again.

The page stands in the deed's own place and carries along what was sent, so that nothing that
was written is lost; a passphrase is not carried, but typed again.
"""

from collections.abc import Callable

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField

from budgeting.models import Account
from budgeting.refusals import Refusal
from budgeting.services import (
    accounts,
    one_time_codes,
    openid_adapter,
    second_factors,
    sign_ins,
    staff_openid,
)
from budgeting.web import sessions
from budgeting.web.forms import Form, checks, hang

PROOF = "confirm_proof"
NOT_CARRIED = ("csrf_token", "password", "passphrase")


class ConfirmForm(Form):
    """Asks for the password, or for a code where the person has a telephone set up."""

    confirm_proof = PasswordField(
        _l("Adgangskode, eller kode fra din telefon"),
        validators=[checks.Needed(_l("Skriv din adgangskode eller en kode."))],
    )


def ask(me: Callable[[], Account]) -> ResponseReturnValue | None:
    """Return the page that asks, or None where the deed may go on."""
    sign_in = sessions.now()
    if sign_in is None or sign_ins.is_confirmed(sign_in, g.now):
        return None
    form = ConfirmForm()
    is_answered = PROOF in request.form
    if is_answered and form.validate():
        try:
            _check(me(), form.confirm_proof.data or "")
        except Refusal as refusal:
            hang(refusal, form)
        else:
            sign_ins.note_confirmed(sign_in, g.now)
            return None
    if not is_answered:
        form.confirm_proof.errors = []
    page = render_template(
        "account/confirm/ask.html",
        form=form,
        carried=_carried(),
        provider_name=_provider_of(me()),
        has_password=me().password_hash is not None,
    )
    return page, form.status if is_answered else 403


def _check(account: Account, proof: str) -> None:
    typed = "".join(proof.split())
    is_code = typed.isdigit() and len(typed) == one_time_codes.DIGITS
    if is_code and second_factors.has_one(account):
        second_factors.check(account, code=typed, now=g.now)
    else:
        accounts.check_password(account, proof, g.now)


def _provider_of(account: Account) -> str:
    """Return what the person's sign-in elsewhere is called; empty for those who have none."""
    adapter = openid_adapter.for_staff()
    return adapter.name if adapter and staff_openid.is_tied(account) else ""


def _carried() -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != PROOF and not any(word in name for word in NOT_CARRIED)
    ]
