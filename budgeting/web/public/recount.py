"""Tæl selv efter: the reader's own browser counts the published ballots again."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from budgeting.extensions import db
from budgeting.rulebook.deeds import Deed
from budgeting.services import ballot_groups, boards, bundle_jobs, rounds
from budgeting.web import access, recount_words
from budgeting.web.public import bp


@bp.get("/runder/<round_slug>/resultat/tael-selv-efter")
@access.open_to(Deed.READ_RESULT)
def results_recount(round_slug: str) -> ResponseReturnValue:
    """Explain the recount, and let the reader's browser make it."""
    return render_template(
        "public/results/recount.html",
        publication=ballot_groups.level_of(db.session(), g.budget_round).value,
        fingerprint=rounds.frozen_version(db.session(), g.budget_round).fingerprint,
        key_changes=boards.key_changes_of(db.session(), g.budget_round),
        is_bundle_ready=bundle_jobs.is_ready(g.budget_round),
        words=recount_words.words(g.budget_round.currency),
    )
