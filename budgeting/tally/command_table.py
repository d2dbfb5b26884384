"""The outcome as a table that a person likes to read in a terminal."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from budgeting.tally.outcome import Outcome, Reason
from budgeting.tally.pabulib import Election
from budgeting.tally.pb_values import amount_text
from budgeting.tally.settings import GreedyOptions, RuleSettings
from budgeting.vocabulary import ReasonKind

if TYPE_CHECKING:
    from budgeting.tally.what_if import View

_WORDS = {
    ReasonKind.FUNDED: "funded",
    ReasonKind.FUNDED_IN_PART: "funded in part",
    ReasonKind.DID_NOT_FIT: "did not fit",
    ReasonKind.TOO_LITTLE_SUPPORT: "too little support",
    ReasonKind.LOST_TIE: "lost a tie",
    ReasonKind.DEARER_THAN_POT: "dearer than the pot",
    ReasonKind.NO_SUPPORT: "no votes",
    ReasonKind.EXCLUDED: "excluded by the rulebook",
}
_WIDEST_NAME = 40


def table(election: Election, outcome: Outcome) -> str:
    """The whole answer, the funded first in the order chosen."""
    unit, currency = election.instance.unit, election.instance.currency
    names = {project.id: project.name for project in election.instance.projects}
    rows = [["", "project", "name", "cost", "votes", "score", "why"]]
    rows += [_row(reason, names, unit) for reason in _in_order(outcome)]
    spent = amount_text(outcome.total_cost, unit)
    limit, left = amount_text(outcome.budget_limit, unit), amount_text(outcome.left, unit)
    lines = [_title(outcome), "", *_laid_out(rows), ""]
    lines.append(
        f"{len(outcome.winners)} of {len(outcome.reasons)} projects funded by {outcome.voters} voters."
    )
    lines.append(f"Spent {spent} of {limit} {currency}, {left} left.")
    return "\n".join([*lines, *_ties(outcome), *outcome.remarks]) + "\n"


def side_by_side(election: Election, views: Sequence["View"]) -> str:
    """Several outcomes, one column each, and a row per project."""
    unit = election.instance.unit
    names = [_name(view.settings) for view in views]
    rows = [["", *names], ["completion", *(str(view.settings.completion) for view in views)]]
    rows.append(["funded", *(str(len(view.outcome.winners)) for view in views)])
    rows.append(["spent", *(amount_text(view.outcome.total_cost, unit) for view in views)])
    rows.append(["spent %", *(_percent(view.share_spent) for view in views)])
    rows.append(["voters with one %", *(_percent(view.share_with_one) for view in views)])
    rows.append(
        ["cost per voter", *(f"{float(view.mean_funded_cost / unit):.2f}" for view in views)]
    )
    rows.append(["neglected group", *(_neglected(view) for view in views)])
    for kind in ("by_area", "by_category"):
        rows += _shares(views, kind)
    rows += [
        [project.id, *("x" if project.id in view.outcome.winners else "" for view in views)]
        for project in election.instance.projects
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join(lines) + "\n"


def _name(settings: RuleSettings) -> str:
    name = f"{settings.rule} {settings.utility}"
    return name if settings.greedy == GreedyOptions() else f"{name} with options"


def _shares(views: Sequence["View"], kind: str) -> list[list[str]]:
    names = sorted({name for view in views for name in getattr(view, kind) if name})
    return [
        [f"{name[:30]} %", *(_percent(getattr(view, kind).get(name, Fraction())) for view in views)]
        for name in names
    ]


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.1f}"


def _neglected(view: "View") -> str:
    group = view.neglected
    return "none" if group is None else f"{group.voters} for {group.project_id}"


def _title(outcome: Outcome) -> str:
    settings = outcome.settings
    words = [str(settings.rule), f"utility {settings.utility}", f"ties by {settings.ties}"]
    if outcome.increments is not None:
        words.insert(
            2, f"{settings.completion} ({settings.stop}) after {outcome.increments} raises"
        )
    return ", ".join([*words, *_options(settings)])


def _options(settings: RuleSettings) -> list[str]:
    """The options that were used, by their names."""
    greedy, usual = settings.greedy, GreedyOptions()
    used = [
        name.replace("_", " ")
        for name in GreedyOptions.__slots__
        if getattr(greedy, name) != getattr(usual, name)
    ]
    if settings.compare:
        used.append(f"held against greedy by {settings.compare}")
    return [*used, "skip"] if settings.skip else used


def _in_order(outcome: Outcome) -> list[Reason]:
    def place(reason: Reason) -> tuple[float, Fraction, str]:
        position = float("inf") if reason.position is None else reason.position
        return position, -(reason.score or Fraction()), reason.project_id

    return sorted(outcome.reasons.values(), key=place)


def _row(reason: Reason, names: dict[str, str], unit: int) -> list[str]:
    why = _WORDS[reason.kind]
    if reason.kind is ReasonKind.FUNDED_IN_PART:
        why += f", {amount_text(reason.granted or 0, unit)}"
    if reason.missing:
        why += f", {amount_text(reason.missing, unit)} short"
    score = "" if reason.score is None else f"{float(reason.score):.6g}"
    return [
        "" if reason.position is None else f"{reason.position}.",
        reason.project_id,
        names[reason.project_id][:_WIDEST_NAME],
        amount_text(reason.cost, unit),
        str(reason.votes),
        score,
        why,
    ]


def _laid_out(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    to_the_right = (True, False, False, True, True, True, False)
    lines = []
    for row in rows:
        cells = zip(row, widths, to_the_right, strict=True)
        texts = (text.rjust(width) if right else text.ljust(width) for text, width, right in cells)
        lines.append("  ".join(texts).rstrip())
    return lines


def _ties(outcome: Outcome) -> list[str]:
    return [
        f"Step {tie.step}: {', '.join(tie.project_ids)} stood level; {tie.chosen} by {tie.link}."
        for tie in outcome.ties
    ]
