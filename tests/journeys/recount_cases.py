"""Made-up small elections, rich in ties, with all rules the reader's browser can count."""

import random

from budgeting.tally import (
    Ballot,
    Cap,
    GreedyOptions,
    Instance,
    Profile,
    Project,
    RuleSettings,
    count,
)

IDS = "abcdefgh"
UTILITIES = {
    "approval": ("cost", "cardinality"),
    "ordinal": ("borda", "borda-length", "borda-cost", "cost"),
    "cumulative": ("points", "points-cost", "cost"),
    "scoring": ("points", "points-cost"),
}
TIES = ("id", "cost,id", "votes,cost,id", "cost,votes,lot:seed", "lot:7")
COMPLETIONS = ("none", "add1", "add1-greedy", "greedy", "phragmen")


def cases(number, seed):
    """So many elections with settings and what our own count says of them."""
    dice = random.Random(seed)
    return [case(dice) for _ in range(number)]


def case(dice):
    instance, profile = election(dice)
    settings = settings_for(dice, instance, profile)
    return {
        "election": {
            "budget": instance.budget_limit,
            "unit": instance.unit,
            "projects": [
                {"id": one.id, "cost": one.cost, "area": one.area, "categories": []}
                for one in instance.projects
            ],
            "ballotType": str(profile.ballot_type),
            "voters": len(profile.ballots),
            "ballots": [
                {"choices": one.choices, "points": one.points, "many": 1} for one in profile.ballots
            ],
        },
        "settings": settings.to_json(),
        "said": count(instance, profile, settings).to_json(),
    }


def election(dice):
    ids = dice.sample(IDS, dice.randint(1, len(IDS)))
    projects = tuple(
        Project(one, dice.choice([1, 2, 2, 3, 5, 8, 100]), area=dice.choice("NS")) for one in ids
    )
    budget = dice.randint(1, sum(project.cost for project in projects) + 2)
    ballot_type = dice.choice(list(UTILITIES))
    has_points = ballot_type in ("cumulative", "scoring")
    ballots = [ballot(dice, ids, has_points) for _ in range(dice.randint(1, 12))]
    times = dice.choice([1, 1, 3])
    unit = dice.choice([1, 2, 100])
    return Instance(budget, projects, unit=unit), Profile(ballot_type, tuple(ballots * times))


def ballot(dice, ids, has_points):
    choices = tuple(dice.sample(ids, dice.randint(0, len(ids))))
    return Ballot(choices, tuple(dice.randint(0, 3) for _ in choices) if has_points else None)


def settings_for(dice, instance, profile):
    rule = dice.choice(["greedy", "equal-shares", "equal-shares", "equal-shares", "phragmen"])
    more = {
        "greedy": greedy_options,
        "equal-shares": equal_shares_options,
        "phragmen": lambda dice, _: {"skip": dice.random() < 0.5},
    }[rule](dice, instance)
    utility = dice.choice(UTILITIES[str(profile.ballot_type)])
    return RuleSettings(rule, utility, ties=dice.choice(TIES), **more)


def equal_shares_options(dice, _instance):
    return {
        "completion": dice.choice(COMPLETIONS),
        "stop": dice.choice(["over-budget", "exhaustive"]),
        "increment": dice.choice([1, 2, None]),
        "compare": dice.choice([None, None, "number", "cost"]),
        "skip": dice.random() < 0.3,
    }


def greedy_options(dice, instance):
    ids = [project.id for project in instance.projects]
    options = GreedyOptions(
        no_skip=dice.random() < 0.2,
        least_votes=dice.choice([None, None, 2]),
        least_share=dice.choice([None, None, "30/100"]),
        reserve_share=dice.choice([None, None, "80/100"]),
        exclusive_groups=dice.choice([(), (), (tuple(ids[:2]),)]),
        accepts_partly=dice.choice([(), ((ids[0], 1), (ids[-1], 2))]),
        caps=dice.choice([(), (Cap("area", "N", instance.budget_limit // 2),)]),
    )
    return {"greedy": options}
