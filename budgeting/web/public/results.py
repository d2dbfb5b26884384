"""The result everyone reads, with its reasons, and the files to count it again."""

import json
from collections.abc import Mapping

from flask import Response, abort, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.extensions import db
from budgeting.reports import election_file, result_table
from budgeting.rulebook.deeds import Deed
from budgeting.services import ballot_groups, bundle_jobs, decisions, results, rounds, slugs
from budgeting.services.results import PotResult
from budgeting.tally import Reason
from budgeting.vocabulary import Publication
from budgeting.web import access
from budgeting.web.public import bp
from budgeting.web.results import steps, story, wording
from budgeting.web.results.story import ProjectLine


@bp.get("/runder/<round_slug>/resultat")
@access.open_to(Deed.READ_RESULT)
def results_show(round_slug: str) -> ResponseReturnValue:
    """Show who gets money, how it was shared out, and why."""
    decided = decisions.decisions_of(db.session(), g.budget_round)
    found = results.results_of(db.session(), g.budget_round)
    stories = [story.told(result, decided, steps.wanted(result)) for result in found]
    return render_template(
        "public/results/show.html",
        is_bundle_ready=bundle_jobs.is_ready(g.budget_round),
        stories=stories,
        heading=story.heading(sum(len(one.funded) for one in stories), is_decided=bool(decided)),
        money_words=story.money_words(stories),
        is_decided=bool(decided),
        departures=sum(len(one.departures) for one in stories),
        rule_name=wording.rule_name(found[0]) if found else "",
        rulebook_version=rounds.frozen_version(db.session(), g.budget_round),
        pot_heading=story.pot_heading,
        publication=ballot_groups.level_of(db.session(), g.budget_round).value,
    )


@bp.get("/runder/<round_slug>/resultat/<int:pot_id>.csv")
@access.open_to(Deed.READ_RESULT)
def results_csv(round_slug: str, pot_id: int) -> ResponseReturnValue:
    """Hand out a pot's projects as a result_table."""
    result = _result_or_404(pot_id)
    told = story.told(result, decisions.decisions_of(db.session(), g.budget_round))
    rows = [_row(result, line) for line in told.lines]
    return _download(
        result_table.as_csv(rows), "text/csv; charset=utf-8", _file_name(result, "csv")
    )


@bp.get("/runder/<round_slug>/resultat/<int:pot_id>.pb")
@access.open_to(Deed.READ_RESULT)
def results_pb(round_slug: str, pot_id: int) -> ResponseReturnValue:
    """Hand out a pot's projects and nameless ballots, to be counted again by anyone."""
    result = _result_or_404(pot_id)
    if ballot_groups.level_of(db.session(), g.budget_round) is not Publication.FULL:
        abort(404)
    counted = election_file.Counted(
        pot=result.pot,
        count=result.count,
        rulebook=rounds.rulebook_of(db.session(), g.budget_round),
        fingerprint=rounds.frozen_version(db.session(), g.budget_round).fingerprint,
    )
    text = election_file.as_pb(counted, *results.election_of(db.session(), result))
    return _download(text.encode(), "text/plain; charset=utf-8", _file_name(result, "pb"))


@bp.get("/runder/<round_slug>/resultat/<int:pot_id>/bevis.json")
@access.open_to(Deed.READ_RESULT)
def results_certificate(round_slug: str, pot_id: int) -> ResponseReturnValue:
    """Hand out the count's certificate, which is checked against the nameless ballots."""
    result = _result_or_404(pot_id)
    is_full = ballot_groups.level_of(db.session(), g.budget_round) is Publication.FULL
    if not is_full or not result.count.certificate:
        abort(404)
    text = json.dumps(result.count.certificate, ensure_ascii=False, indent=1)
    return _download(
        text.encode(), "application/json; charset=utf-8", _file_name(result, "bevis.json")
    )


@bp.get("/runder/<round_slug>/resultat/<int:pot_id>/grupper.csv")
@access.open_to(Deed.READ_RESULT)
def results_groups(round_slug: str, pot_id: int) -> ResponseReturnValue:
    """Hand out a pot's ballots in groups, where that is what the rules publish."""
    result = _result_or_404(pot_id)
    if ballot_groups.level_of(db.session(), g.budget_round) is not Publication.GROUPED:
        abort(404)
    groups = ballot_groups.groups_of(db.session(), result)
    rows = [_group(_pattern(one), number) for one, number in groups.patterns]
    if groups.others:
        rows.append(_group(_("sjældne stemmesedler tilsammen"), groups.others))
    return _download(
        result_table.as_csv(rows), "text/csv; charset=utf-8", _file_name(result, "grupper.csv")
    )


def _pattern(one: ballot_groups.Pattern) -> str:
    """Write projects as ``2 7``, and where they have points as ``2: 3, 7: 1``."""
    if one.points is None:
        return " ".join(one.choices)
    return ", ".join(
        f"{project}: {given}" for project, given in zip(one.choices, one.points, strict=True)
    )


def _group(pattern: str, number: int) -> Mapping[str, str | int]:
    return {_("Projektnumre"): pattern, _("Stemmesedler"): number}


def _result_or_404(pot_id: int) -> PotResult:
    found = results.find_result(db.session(), g.budget_round, pot_id)
    if found is None:
        abort(404)
    return found


def _row(result: PotResult, line: ProjectLine) -> Mapping[str, str | int]:
    project = line.project
    reason = result.reason_of(project)
    return {
        _("Projektnummer"): project.ballot_id,
        _("Projekt"): project.title,
        _("Lokalområde"): project.area.name if project.area else "",
        _("Pris i %(currency)s", currency=result.currency): result_table.plain_amount(
            project.cost_oere
        ),
        _("Får i %(currency)s", currency=result.currency): result_table.plain_amount(
            line.paid_oere
        ),
        **_support(result, reason),
        _("Afstemningen siger"): line.vote_says.lower(),
        _("Byrådet siger"): _council_says(line),
        _("Hvorfor"): line.why,
        _("Byrådets begrundelse"): line.decision.reason if line.decision else "",
    }


def _support(result: PotResult, reason: Reason) -> Mapping[str, str | int]:
    """Return how many voted for a project, and what they gave it where the count added that up."""
    given = wording.support_number(result, reason) if wording.counts_points(result) else ""
    if wording.spreads_votes(result):
        return {_("Vælgere"): reason.votes, _("Stemmer"): given}
    return {_("Stemmer"): reason.votes, _("Point"): given}


def _council_says(line: ProjectLine) -> str:
    return line.council_says.lower() if line.decision else _("ikke besluttet endnu")


def _file_name(result: PotResult, ending: str) -> str:
    return f"resultat-{g.budget_round.slug}-{slugs.slug_of(result.pot.name)}.{ending}"


def _download(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
