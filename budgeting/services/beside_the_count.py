"""What is worked out once beside a count: its certificate, how close it was, and other rules.

It is done in the counting deed, never when a page is read, and each part has its time: what
would take longer is left out for the whole pot, so that no project is told less than others.
"""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import Any

from budgeting.tally import (
    Instance,
    Outcome,
    Profile,
    RuleSettings,
    certificates,
    closeness,
    what_if,
)
from budgeting.tally import count as tally
from budgeting.tally.closeness import Closeness
from budgeting.tally.counting import winners
from budgeting.tally.electorate import gather
from budgeting.vocabulary import ReasonKind, Utility

CLOSENESS_SECONDS, COMPARISON_SECONDS = 5.0, 10.0
# With few voters a raise of one krone is tiny; for comparison the shares are raised faster.
RAISES_PER_SHARE, MOST_RAISES = 200, 2_000
# Finding out how close one project was takes at most about so many counts.
COUNTS_EACH = 60
WITHOUT_CLOSENESS = frozenset({ReasonKind.NO_SUPPORT, ReasonKind.FUNDED, ReasonKind.FUNDED_IN_PART})

Clock = Callable[[], float]


def of(
    instance: Instance, profile: Profile, outcome: Outcome, clock: Clock = monotonic
) -> dict[str, Any]:
    """Return the columns of a count that its outcome does not hold."""
    return {
        "certificate": certificates.certify(instance, profile, outcome),
        "closeness": _closeness(instance, profile, outcome, clock),
        "comparison": _comparison(instance, profile, outcome, clock),
    }


def _closeness(
    instance: Instance, profile: Profile, outcome: Outcome, clock: Clock
) -> dict[str, Any] | None:
    """Return how close each unfunded project was, or None where it would take too long."""
    if (outcome.increments or 0) > MOST_RAISES:
        return None
    end = clock() + CLOSENESS_SECONDS
    before = clock()
    winners(instance, profile, outcome.settings)
    longest = COUNTS_EACH * (clock() - before)
    found = {}
    for project_id, reason in outcome.reasons.items():
        if reason.kind in WITHOUT_CLOSENESS:
            continue
        if clock() + longest > end:
            return None
        close = closeness.how_close(instance, profile, outcome.settings, project_id)
        found[project_id] = _as_plain(close)
    return found


def _as_plain(close: Closeness) -> dict[str, Any]:
    return {
        "ballots_missing": close.ballots_missing,
        "ballots_are_least": close.ballots_are_least,
        "greatest_cost": close.greatest_cost,
        "cost_is_greatest": close.cost_is_greatest,
    }


def _comparison(
    instance: Instance, profile: Profile, outcome: Outcome, clock: Clock
) -> list[dict[str, Any]]:
    """Return the round's own outcome and those of other rules, as far as the time reaches."""
    end = clock() + COMPARISON_SECONDS
    electorate = gather(instance, profile, Utility.CARDINALITY)
    views = [what_if.view(electorate, outcome)]
    for settings in _others(profile, outcome.settings, _raise_of(instance, profile)):
        if clock() > end:
            break
        other = tally(instance, profile, settings)
        if "cap_on_runs_reached" not in other.remarks:
            views.append(what_if.view(electorate, other))
    return [what_if.as_json(one) for one in views]


def _others(profile: Profile, own: RuleSettings, increment: int) -> list[RuleSettings]:
    usual = what_if.usual_settings(profile.ballot_type, like=own)
    return [
        replace(one, increment=increment, most_runs=MOST_RAISES)
        for one in usual
        if _way(one) != _way(own)
    ]


def _raise_of(instance: Instance, profile: Profile) -> int:
    """Return a raise in whole units: one, or more where the shares are very large."""
    share = instance.budget_limit // max(1, len(profile.ballots))
    return max(1, share // RAISES_PER_SHARE // instance.unit) * instance.unit


def _way(settings: RuleSettings) -> tuple[str, ...]:
    return (settings.rule, settings.utility, settings.completion, settings.compare or "")
