"""Last check: the council's decision names every project, and says why where it departs."""

from collections.abc import Mapping
from typing import Any

from budgeting.ballotbox import bundle_layout as layout
from budgeting.tally import Outcome
from budgeting.verify import reading
from budgeting.verify.reading import Files
from budgeting.verify.refused_count import (
    DecisionIncomplete,
    DecisionOverBudget,
    DepartureWithoutReason,
    GrantedDiffers,
    RecommendationDiffers,
)
from budgeting.verify.rule_checks import Rules
from budgeting.vocabulary import ReasonKind

Lines = Mapping[tuple[str, str], dict[str, Any]]


def check(files: Files, known: Rules, outcomes: Mapping[str, Outcome]) -> int | None:
    """Return how often the council departs from the vote; None if it has not decided."""
    if layout.DECISION not in files.names:
        return None
    lines = _lines(files)
    listed = {(pot, one.id) for pot, projects in known.listed.items() for one in projects}
    if set(lines) != listed:
        raise DecisionIncomplete
    for (pot, project), line in lines.items():
        if line["recommended"] != (project in outcomes[pot].winners):
            raise RecommendationDiffers(project=project)
        if line.get("granted_oere") != _part(outcomes[pot], project):
            raise GrantedDiffers(project=project)
        if line["adopted"] != line["recommended"] and not line["reason"].strip():
            raise DepartureWithoutReason(project=project)
    _check_money(lines, known, outcomes)
    return sum(line["adopted"] != line["recommended"] for line in lines.values())


def _lines(files: Files) -> Lines:
    spelled = files.record(layout.DECISION, reference=str, projects=list)["projects"]
    with reading.shaped(layout.DECISION):
        lines = [
            reading.record_with(
                {"granted_oere": int},
                one,
                pot=str,
                id=str,
                recommended=bool,
                adopted=bool,
                reason=str,
            )
            for one in spelled
        ]
    found = {(line["pot"], line["id"]): line for line in lines}
    if len(found) < len(lines):
        raise DecisionIncomplete
    return found


def _part(outcome: Outcome, project: str) -> int | None:
    """Return what the vote gave a project that got only a part."""
    reason = outcome.reasons[project]
    return reason.granted if reason.kind is ReasonKind.FUNDED_IN_PART else None


def _check_money(lines: Lines, known: Rules, outcomes: Mapping[str, Outcome]) -> None:
    """Hold what is adopted against the pot, and what the count itself took from the reserve."""
    for _, pot in known.pots:
        outcome = outcomes[pot.name]
        adopted = (one for one in known.listed[pot.name] if lines[pot.name, one.id]["adopted"])
        total = sum(_part(outcome, one.id) or one.cost_oere for one in adopted)
        if total > max(pot.budget_limit_oere, outcome.total_cost):
            raise DecisionOverBudget(pot=pot.name)
