"""Our engine, as the bench calls it."""

from budgeting import tally
from budgeting.tally import RuleSettings, compiling, pabulib

UTILITIES = {"ordinal": "borda-length", "cumulative": "points", "scoring": "points"}


def read(path):
    return pabulib.read(path)


def voters(election):
    return len(election.profile.ballots)


def prepare(election):
    compiling.warm()


def count_settings(election, rule):
    utility = UTILITIES.get(str(election.profile.ballot_type), "cost")
    if rule == "add1":
        return RuleSettings("equal-shares", utility, "add1", "exhaustive", ties="id")
    return RuleSettings(rule, utility, ties="id")


def count(election, rule):
    chosen = count_settings(election, rule)
    return tally.count(election.instance, election.profile, chosen).winners
