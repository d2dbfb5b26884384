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
from budgeting.vocabulary import ReasonKind, Rule, Utility

CLOSENESS_SECONDS, COMPARISON_SECONDS = 5.0, 10.0
# A raise of one krone is tiny where voters are few, and there may be tens of thousands of them:
# then the shares are raised faster for comparison, and it is said.
EXACT_RAISES, EXACT_SECONDS = 4_000, 3.0
RAISES_PER_SHARE, MOST_RAISES = 200, 2_000
# Minimal transfers cannot be stopped half-way, and takes some seconds with so many ballots.
MOST_FOR_TRANSFERS = 5_000
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
        **({} if close.points_each is None else {"points_each": close.points_each}),
    }


def _comparison(
    instance: Instance, profile: Profile, outcome: Outcome, clock: Clock
) -> list[dict[str, Any]]:
    """Return the round's own outcome and those of other rules, as far as the time reaches."""
    end = clock() + COMPARISON_SECONDS
    electorate = gather(instance, profile, Utility.CARDINALITY)
    views = [what_if.view(electorate, outcome)]
    for settings in _others(profile, outcome.settings):
        if clock() > end:
            break
        other = _in_time(instance, profile, settings, clock)
        if "cap_on_runs_reached" not in other.remarks:
            views.append(what_if.view(electorate, other))
    return [_row(one, outcome.settings) for one in views]


def _row(view: what_if.View, own: RuleSettings) -> dict[str, Any]:
    """Write down a view, and where its shares were raised by more than the rules would have."""
    increment = view.settings.increment
    is_coarse = increment is not None and increment != own.increment
    return what_if.as_json(view) | {"coarse_raise": increment if is_coarse else None}


def _others(profile: Profile, own: RuleSettings) -> list[RuleSettings]:
    usual = what_if.usual_settings(profile.ballot_type, like=own)
    others = [one for one in usual if _way(one) != _way(own)]
    if len(profile.ballots) <= MOST_FOR_TRANSFERS:
        return others
    return [one for one in others if one.rule is not Rule.MINIMAL_TRANSFERS]


class _TooSlow(Exception):
    """There are too many raises for the time there is."""


def _in_time(instance: Instance, profile: Profile, settings: RuleSettings, clock: Clock) -> Outcome:
    """Count exactly where that can be done in time, else with larger raises.

    The larger raises come first: they tell about how many there would be of the exact ones.
    """
    if not closeness.is_raised_again(settings):
        return tally(instance, profile, settings)
    exact, coarse = settings.increment or instance.unit, _raise_of(instance, profile)
    if coarse <= exact:
        return tally(instance, profile, replace(settings, most_runs=MOST_RAISES))
    rough = tally(instance, profile, replace(settings, increment=coarse, most_runs=MOST_RAISES))
    if (rough.increments or 0) * coarse > EXACT_RAISES * exact:
        return rough
    try:
        return _exact(instance, profile, settings, clock)
    except _TooSlow:
        return rough


def _exact(instance: Instance, profile: Profile, settings: RuleSettings, clock: Clock) -> Outcome:
    end = clock() + EXACT_SECONDS

    def look_at_the_clock(_raises: int) -> None:
        if clock() > end:
            raise _TooSlow

    return tally(instance, profile, settings, progress=look_at_the_clock)


def _raise_of(instance: Instance, profile: Profile) -> int:
    """Return a raise in whole units: one, or more where the shares are very large."""
    share = instance.budget_limit // max(1, len(profile.ballots))
    return max(1, share // RAISES_PER_SHARE // instance.unit) * instance.unit


def _way(settings: RuleSettings) -> tuple[object, ...]:
    return (
        settings.rule,
        settings.utility,
        settings.completion,
        settings.compare,
        settings.greedy,
    )
