"""Counts a small made-up election with compiled lines, so that the next one need not wait."""

from budgeting.tally import compiling
from budgeting.tally.election import Ballot, Instance, Profile, Project
from budgeting.tally.electorate import gather
from budgeting.tally.shares_arena import Arena
from budgeting.tally.ties import TieChain
from budgeting.vocabulary import BallotType, Rule, Utility


def warm() -> None:
    """Run every compiled function once; the types are those of a large election."""
    from budgeting.tally import phragmen
    from budgeting.tally.settings import RuleSettings
    from budgeting.tally.telling import Telling

    projects = tuple(Project(one, 300 + 10 * number) for number, one in enumerate("abcd"))
    instance = Instance(1000, projects)
    ballots = tuple(Ballot(tuple(one)) for one in ("ab", "abc", "bd", "acd", "d", "ab"))
    electorate = gather(instance, Profile(BallotType.APPROVAL, ballots), Utility.COST)
    chain = TieChain("id", projects, electorate.votes_by_id)
    arena = Arena(electorate, chain)
    arena.lay_out(compiling.Compiled)
    arena.run(100)
    arena.tell(100)
    loads = phragmen.Loads(electorate, ways=compiling.Compiled)
    loads.spread(Telling(electorate, RuleSettings(Rule.PHRAGMEN)), chain, "funded")
