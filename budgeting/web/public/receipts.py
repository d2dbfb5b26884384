"""Is my vote in the box? Anyone with a receipt may ask; the answer says nothing of its content."""

from flask import g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import receipt_look_up
from budgeting.web import access
from budgeting.web.forms import Form, hang
from budgeting.web.public import bp


class ReceiptForm(Form):
    """The code from the receipt."""

    receipt = StringField(
        _l("Din kvittering"), render_kw={"autocapitalize": "characters", "spellcheck": "false"}
    )


@bp.route("/runder/<round_slug>/kvittering", methods=["GET", "POST"])
@access.open_to(Deed.LOOK_UP_RECEIPT)
def receipts_look_up(**_: str) -> ResponseReturnValue:
    form = ReceiptForm()
    is_there = None
    if form.validate_on_submit():
        try:
            is_there = receipt_look_up.is_on_board(form.receipt.data or "", g.budget_round)
        except Refusal as refusal:
            hang(refusal, form)
    page = render_template("public/receipts/look_up.html", form=form, is_there=is_there)
    return page, form.status
