"""The one door: choose the module of the rule and count with it."""

from importlib import import_module

from budgeting.tally.election import Instance, Profile
from budgeting.tally.outcome import Outcome
from budgeting.tally.settings import RuleSettings
from budgeting.vocabulary import Rule

_MODULES = {
    Rule.GREEDY: "greedy",
    Rule.EQUAL_SHARES: "equal_shares",
    Rule.PHRAGMEN: "phragmen",
    Rule.EXPANDING_APPROVALS: "expanding_approvals",
    Rule.MINIMAL_TRANSFERS: "minimal_transfers",
    Rule.MAX_WELFARE: "max_welfare",
}


def count(instance: Instance, profile: Profile, settings: RuleSettings) -> Outcome:
    """Count the ballots by the rule the settings name."""
    module = import_module(f"budgeting.tally.{_MODULES[settings.rule]}")
    outcome: Outcome = module.count(instance, profile, settings)
    return outcome
