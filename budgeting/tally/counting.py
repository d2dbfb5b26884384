"""The one door: choose the module of the rule and count with it."""

from collections.abc import Callable
from importlib import import_module

from budgeting.tally.election import Instance, Profile
from budgeting.tally.outcome import Outcome
from budgeting.tally.settings import RuleSettings
from budgeting.vocabulary import Completion, Rule

_MODULES = {
    Rule.GREEDY: "greedy",
    Rule.EQUAL_SHARES: "equal_shares",
    Rule.PHRAGMEN: "phragmen",
    Rule.EXPANDING_APPROVALS: "expanding_approvals",
    Rule.MINIMAL_TRANSFERS: "minimal_transfers",
    Rule.MAX_WELFARE: "max_welfare",
}


def count(
    instance: Instance,
    profile: Profile,
    settings: RuleSettings,
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """Count the ballots by the rule the settings name.

    ``progress`` is called after every raise of add1 with the number of raises so far.
    """
    module = import_module(f"budgeting.tally.{_MODULES[settings.rule]}")
    more = {"progress": progress} if settings.rule is Rule.EQUAL_SHARES else {}
    outcome: Outcome = module.count(instance, profile, settings, **more)
    return outcome


def winners(instance: Instance, profile: Profile, settings: RuleSettings) -> frozenset[str]:
    """Only who wins; quicker than ``count`` where reasons take most of the time."""
    is_plain = settings.completion in (Completion.NONE, Completion.ADD1) and not settings.compare
    if settings.rule is Rule.EQUAL_SHARES and is_plain:
        module = import_module("budgeting.tally.equal_shares")
        chosen: frozenset[str] = module.winners(instance, profile, settings)
        return chosen
    return frozenset(count(instance, profile, settings).winners)
