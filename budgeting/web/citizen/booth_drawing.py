"""Draws the ballot and the check of it: what the voter sees of what they have put there."""

from collections.abc import Sequence
from typing import Any

from flask import g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.models import Pot, Project
from budgeting.rulebook import ballots
from budgeting.rulebook.rules import BallotRule
from budgeting.services import voting
from budgeting.vocabulary import BallotType
from budgeting.web import exclusive_words, formats, visitor_order
from budgeting.web.citizen import booth_counts, booth_sheet, booth_words
from budgeting.web.citizen.booth_forms import BallotForm
from budgeting.web.citizen.booth_marks import Marks
from budgeting.web.citizen.booth_moves import Move
from budgeting.web.forms import options


def ballot(pot: Pot, form: BallotForm, marks: Marks, move: Move | None) -> ResponseReturnValue:
    """Draw the page where one chooses, with what is chosen so far."""
    rule = voting.rulebook_of(g.voter).ballot
    projects = visitor_order.in_visitors_order(voting.projects_of(pot))
    wanted = booth_sheet.Wanted(
        form.find.data or "", form.area.data or "", only_chosen=form.only_chosen.data
    )
    standing = booth_counts.standing(rule, marks, pot, projects)
    has_sum = rule.ballot_type is BallotType.KNAPSACK
    left = max(0, standing.most - standing.used) if has_sum else None
    sheet = booth_sheet.draw(projects, marks, booth_sheet.Look(rule, wanted, move, left))
    form.area.choices = options([("", _("Alle områder")), *((area, area) for area in sheet.areas)])
    handed_in = voting.state_of(g.voter, pot)
    page = render_template(
        f"citizen/booth/choose_{rule.ballot_type}.html",
        pot=pot,
        form=form,
        sheet=sheet,
        rule=rule,
        groups=exclusive_words.of_pot(pot),
        standing=standing,
        live=_live(rule, standing, len(projects)),
        limits=booth_words.limits(rule, sheet.projects),
        advice=booth_words.advice(rule),
        most=rule.max_choices,
        said=booth_words.moved(sheet, move),
        handed_in=handed_in,
        has_marks=bool(marks.named),
        state=booth_words.draft_state(handed_in, g.now, len(marks.named)),
        state_untouched=booth_words.draft_state(handed_in, g.now, 0),
        state_changed=booth_words.draft_state(handed_in, g.now, 1),
    )
    return page, form.status


def _live(rule: BallotRule, standing: booth_counts.Standing, projects: int) -> dict[str, Any]:
    """Return the words and numbers the script in the booth counts with, while one chooses."""
    place = booth_counts.PLACE
    live: dict[str, Any] = {
        "most": standing.most if rule.ballot_type is not BallotType.APPROVAL else rule.max_choices,
        "counted": booth_counts.all_words(rule, projects),
    }
    if rule.ballot_type is BallotType.KNAPSACK:
        live |= {
            "measure": "costs",
            "money": formats.kr(100, g.budget_round.currency).replace("1", place),
            "within": booth_counts.spent_within(place, place),
            "over": booth_counts.spent_over(place),
            "short": booth_counts.too_dear(place),
        }
    if rule.ballot_type is BallotType.CUMULATIVE:
        live |= {
            "measure": "votes",
            "cap": ballots.greatest_points(rule),
            "over": booth_counts.votes_over(place, rule.votes_each),
        }
    return live


def check(pot: Pot, form: BallotForm, marks: Marks) -> ResponseReturnValue:
    """Draw the check: what is chosen, and nothing else."""
    rule = voting.rulebook_of(g.voter).ballot
    projects = voting.projects_of(pot)
    chosen = _chosen(projects, marks, rule)
    standing = booth_counts.standing(rule, marks, pot, projects)
    return render_template(
        "citizen/booth/check.html",
        pot=pot,
        form=form,
        chosen=chosen,
        excluding=list(exclusive_words.met_by(pot, [project for project, _ in chosen])),
        is_ranked=rule.ballot_type is BallotType.ORDINAL,
        has_points=rule.ballot_type in ballots.WITH_POINTS,
        typed=marks.typed,
        left_over=booth_counts.left_over(rule, marks),
        standing=standing,
        state=booth_words.draft_state(voting.state_of(g.voter, pot), g.now, len(chosen)),
    )


def _chosen(
    projects: Sequence[Project], marks: Marks, rule: BallotRule
) -> list[tuple[Project, str]]:
    """Return each project with what it got; where there are points, the most first."""
    known = {project.ballot_id: project for project in projects}
    if marks.points is None:
        return [(known[one], "") for one in marks.choices]
    pairs = sorted(zip(marks.choices, marks.points, strict=True), key=lambda pair: -pair[1])
    return [(known[one], booth_counts.beside(rule, points)) for one, points in pairs]
