"""The page of a round, its rules in full, and what is promised about the vote."""

from typing import Any

from flask import Response, abort, g, render_template
from flask.typing import ResponseReturnValue

from budgeting.extensions import db
from budgeting.models import RulebookVersion
from budgeting.rulebook import rules
from budgeting.services import boards, round_lists, rounds
from budgeting.vocabulary import Phase
from budgeting.web import access
from budgeting.web.context import phase_now
from budgeting.web.plain_rules import plain_rules
from budgeting.web.public import bp, rulebook_rows, stages, standing


@bp.get("/runder/<round_slug>")
@access.public
def rounds_show(round_slug: str) -> ResponseReturnValue:
    return render_template(
        "public/rounds/show.html",
        standing=standing.standing_of(g.budget_round, _phase(), g.now),
        **_rules_as_read(),
    )


@bp.get("/runder/<round_slug>/spilleregler")
@access.public
def rounds_rulebook(round_slug: str) -> ResponseReturnValue:
    read = _rules_as_read()
    return render_template(
        "public/rounds/rulebook.html",
        file_name=_file_name(round_slug),
        pot_rows=rulebook_rows.pot_rows(read["rulebook"]),
        moment_rows=rulebook_rows.moment_rows(read["rulebook"]),
        **read,
    )


@bp.get("/runder/<round_slug>/spilleregler.json")
@access.public
def rounds_rulebook_json(round_slug: str) -> Response:
    """The very bytes the fingerprint is made of: nothing is added, not even a last line."""
    answer = Response(_frozen_rules().canonical_json.encode(), mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=_file_name(round_slug))
    return answer


@bp.get("/runder/<round_slug>/hemmelig-stemme")
@access.public
def rounds_promise(round_slug: str) -> ResponseReturnValue:
    rulebook = rules.from_json(_frozen_rules().canonical_json)
    return render_template(
        "public/rounds/promise.html",
        rulebook=rulebook,
        key_changes=boards.key_changes_of(db.session(), g.budget_round),
    )


def _rules_as_read() -> dict[str, Any]:
    """Return what both pages about the rules show."""
    version = _frozen_rules()
    rulebook = rules.from_json(version.canonical_json)
    read = round_lists.listed(db.session(), g.budget_round, g.now)
    return {
        "read": read,
        "stages": stages.stages_of(g.budget_round, _phase()),
        "version": version,
        "rulebook": rulebook,
        "rules": plain_rules(rulebook, read.longest_ballot),
    }


def _phase() -> Phase:
    phase = phase_now()
    assert phase is not None
    return phase


def _frozen_rules() -> RulebookVersion:
    """Return the rules in force; a draft has none and is not for the public."""
    if _phase() is Phase.DRAFT:
        abort(404)
    return rounds.frozen_version(db.session(), g.budget_round)


def _file_name(round_slug: str) -> str:
    return f"spilleregler-{round_slug}.json"
