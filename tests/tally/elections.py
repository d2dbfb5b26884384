"""Made-up elections for the properties: small, rich in ties, of every ballot type."""

from hypothesis import settings
from hypothesis import strategies as st

from budgeting.tally import Ballot, Instance, Profile, Project

IDS = "abcdefg"


def many(examples):
    """So many examples, and as many times more as the profile asks for (soak: fifty)."""
    return settings(max_examples=examples * max(1, settings.default.max_examples // 100))


@st.composite
def elections(draw, ballot_types=("approval", "ordinal", "cumulative"), most_voters=9):
    """An instance and a profile; few different costs, so that ties are common."""
    costs = draw(st.lists(st.sampled_from([1, 2, 2, 3, 5, 8]), min_size=1, max_size=len(IDS)))
    projects = tuple(Project(IDS[at], cost) for at, cost in enumerate(costs))
    budget = draw(st.integers(1, sum(costs) + 2))
    ballot_type = draw(st.sampled_from(ballot_types))
    ids = [project.id for project in projects]
    choices = st.lists(st.sampled_from(ids), unique=True, max_size=len(ids))
    ballots = []
    for _ in range(draw(st.integers(1, most_voters))):
        chosen = tuple(draw(choices))
        points = None
        if ballot_type in ("cumulative", "scoring"):
            points = tuple(draw(st.integers(0, 3)) for _ in chosen)
        ballots.append(Ballot(chosen, points))
    return Instance(budget, projects, unit=1), Profile(ballot_type, tuple(ballots))


UTILITIES = {
    "approval": ("cost", "cardinality"),
    "ordinal": ("borda", "borda-length", "borda-cost", "cost"),
    "cumulative": ("points", "points-cost"),
    "scoring": ("points", "points-cost"),
}


def utilities(profile):
    """The utilities that suit the ballots."""
    return st.sampled_from(UTILITIES[str(profile.ballot_type)])


TIES = st.sampled_from(["id", "cost,id", "votes,cost,id", "cost,votes,lot:seed", "lot:7"])
