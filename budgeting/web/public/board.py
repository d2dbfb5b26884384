"""The ballot box seen from outside: its list of envelopes, signed as it grows."""

from flask import Response, abort, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from budgeting.extensions import db
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import board_key, boards, bundle_jobs, rounds
from budgeting.web import access
from budgeting.web.forms import Form, hang
from budgeting.web.public import bp

ROUND = "/runder/<round_slug>/urnen"


class PlaceForm(Form):
    """The code from the receipt."""

    receipt = StringField(
        _l("Din kvittering"), render_kw={"autocapitalize": "characters", "spellcheck": "false"}
    )


@bp.route(ROUND, methods=["GET", "POST"])
@access.open_to(Deed.LOOK_UP_RECEIPT)
def board_show(round_slug: str) -> ResponseReturnValue:
    """Show each pot's newest signed head, and where the envelope of a receipt stands."""
    form = PlaceForm()
    place = None
    is_asked = form.validate_on_submit()
    if is_asked:
        try:
            place = boards.find_place(db.session(), g.budget_round, form.receipt.data or "")
        except Refusal as refusal:
            hang(refusal, form)
    page = render_template(
        "public/board/show.html",
        is_bundle_ready=bundle_jobs.is_ready(g.budget_round),
        form=form,
        place=place,
        is_unknown=is_asked and place is None and not form.has_errors,
        boards=boards.boards_of(db.session(), g.budget_round),
        key_changes=boards.key_changes_of(db.session(), g.budget_round),
        key=board_key.verifying_key().hex(),
        version=rounds.frozen_version(db.session(), g.budget_round),
    )
    return page, form.status


@bp.get(f"{ROUND}.json")
@access.open_to(Deed.LOOK_UP_RECEIPT)
def board_heads(round_slug: str) -> ResponseReturnValue:
    """Hand out every signed head: whoever keeps the file can show later what it said."""
    content = boards.heads_as_json(db.session(), g.budget_round)
    return _download(content, f"urnen-{round_slug}.json")


@bp.get(f"{ROUND}/<int(max=2147483647):pot_id>.json")
@access.open_to(Deed.LOOK_UP_RECEIPT)
def board_entries(round_slug: str, pot_id: int) -> ResponseReturnValue:
    """Hand out the whole list of a sealed box."""
    found = boards.find_board(db.session(), g.budget_round, pot_id)
    if found is None or not found.is_sealed:
        abort(404)
    return _download(boards.as_json(db.session(), found), f"urnen-{round_slug}-{pot_id}.json")


def _download(content: bytes, name: str) -> Response:
    answer = Response(content, mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
