"""The count: pure, exact, explainable. No web, no database, no clock.

``count(instance, profile, settings)`` answers with an ``Outcome``. Importing this package
is cheap; what a rule needs is loaded when it counts.
"""

from budgeting.tally.counting import count
from budgeting.tally.election import Ballot, Instance, Profile, Project, UnsoundElection
from budgeting.tally.outcome import Outcome, Reason, Step, TieMet
from budgeting.tally.settings import Cap, GreedyOptions, RuleSettings, UnfitSettings

__all__ = [
    "Ballot",
    "Cap",
    "GreedyOptions",
    "Instance",
    "Outcome",
    "Profile",
    "Project",
    "Reason",
    "RuleSettings",
    "Step",
    "TieMet",
    "UnfitSettings",
    "UnsoundElection",
    "count",
]
