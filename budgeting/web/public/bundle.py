"""Everything that was published about a count, in one file, for whoever wants to count again."""

from flask import g, render_template, send_file
from flask.typing import ResponseReturnValue

from budgeting.rulebook.deeds import Deed
from budgeting.services import bundle_jobs
from budgeting.web import access
from budgeting.web.public import bp


@bp.get("/runder/<round_slug>/resultat.zip")
@access.open_to(Deed.READ_RESULT)
def results_bundle(round_slug: str) -> ResponseReturnValue:
    """Hand out the bundle; `python -m budgeting.verify` checks it."""
    file = bundle_jobs.find_file(g.budget_round)
    if file is None:
        return render_template("public/bundle/waiting.html"), 503, {"Retry-After": "60"}
    return send_file(
        file,
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"resultat-{round_slug}.zip",
    )
