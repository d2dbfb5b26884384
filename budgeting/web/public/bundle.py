"""Everything that was published about a count, in one file, for whoever wants to count again."""

from flask import g, send_file
from flask.typing import ResponseReturnValue

from budgeting.extensions import db
from budgeting.rulebook.deeds import Deed
from budgeting.services import bundles
from budgeting.web import access
from budgeting.web.public import bp


@bp.get("/runder/<round_slug>/resultat.zip")
@access.open_to(Deed.READ_RESULT)
def results_bundle(round_slug: str) -> ResponseReturnValue:
    """Hand out the bundle; `python -m budgeting.verify` checks it."""
    return send_file(
        bundles.file_of(db.session(), g.budget_round),
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"resultat-{round_slug}.zip",
    )
