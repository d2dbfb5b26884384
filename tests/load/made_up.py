"""Made-up elections of any size, the same every time: popular and rare projects, mixed costs."""

import random
from itertools import accumulate

SIZES = ((10_000, 50), (61_668, 83), (90_494, 160), (250_000, 200), (1_000_000, 200))


def text(voters, projects):
    """The text of a .pb file."""
    draw = random.Random(voters * 1000 + projects)
    ids = [f"p{number:03d}" for number in range(projects)]
    popular = list(accumulate(1 / (number + 3) ** 0.9 for number in range(projects)))
    per_voter = 100
    budget = voters * per_voter
    costs = [
        int(budget * draw.choice((0.004, 0.01, 0.02, 0.03, 0.05)) * draw.uniform(0.7, 1.3))
        for _ in ids
    ]
    lines = ["META", "key;value", f"num_projects;{projects}", f"num_votes;{voters}"]
    lines += [f"budget;{budget}", "vote_type;approval", "currency;DKK"]
    lines += [
        "PROJECTS",
        "project_id;cost",
        *(f"{one};{cost}" for one, cost in zip(ids, costs, strict=True)),
    ]
    lines += ["VOTES", "voter_id;vote"]
    for number in range(voters):
        chosen = dict.fromkeys(draw.choices(ids, cum_weights=popular, k=draw.randint(3, 15)))
        lines.append(f"{number};{','.join(sorted(chosen))}")
    return "\n".join(lines) + "\n"
