"""pabutools, as the bench calls it: equal ballots grouped, exact fractions, ties by id."""

import warnings

from pabutools import election as pb
from pabutools import rules
from pabutools.tiebreaking import lexico_tie_breaking

warnings.simplefilter("ignore")


def read(path):
    instance, profile = pb.parse_pabulib(str(path))
    return instance, profile


def voters(election):
    return election[1].num_ballots()


def prepare(election):
    """Nothing to compile."""


def satisfaction(profile):
    if isinstance(profile, pb.AbstractApprovalProfile):
        return pb.Cost_Sat
    ordinal = isinstance(profile, pb.AbstractOrdinalProfile)
    return pb.Additive_Borda_Sat if ordinal else pb.Additive_Cardinal_Sat


def count(election, rule):
    instance, profile = election
    own = {"sat_class": satisfaction(profile), "tie_breaking": lexico_tie_breaking}
    grouped = profile.as_multiprofile()
    match rule:
        case "greedy":
            chosen = rules.greedy_utilitarian_welfare(instance, grouped, **own)
        case "phragmen":
            chosen = rules.sequential_phragmen(instance, grouped, tie_breaking=lexico_tie_breaking)
        case "equal-shares":
            chosen = rules.method_of_equal_shares(instance, grouped, **own)
        case _:
            chosen = rules.method_of_equal_shares(
                instance, grouped, voter_budget_increment=1, **own
            )
    return [str(project.name) for project in chosen]
