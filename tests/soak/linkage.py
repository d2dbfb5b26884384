"""Who voted what? Matches voters to ballots by every order that is left, and must do no better than chance.

`python -m tests.soak linkage`. The attacker has the database, its files and its write-ahead log from
before the box was opened and from after the envelopes were destroyed, the board, the log of deeds
and what was published, and knows in which order the voters came. Every voter's ballot is unlike
all others, so a true match is known. Two houses that write their ballots carelessly must be caught.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations, pairwise, product

from budgeting.extensions import db
from budgeting.services import clean_files, destroying, voting
from budgeting.vocabulary import Phase, Role
from tests import make, results
from tests.soak import linkage_files, linkage_orders

PROJECTS = tuple(f"Projekt {number}" for number in range(1, 13))
VOTERS, VOTED_AGAIN = 400, 60
DRAWN_ORDERS = 400
# Of some hundred pairs of orders, each tried in three ways, chance itself passes this once in
# some ten thousand runs.
UNLIKELY = 5.5


@dataclass
class Traces:
    """What the attacker has: orders of voters from before, orders of ballots from after."""

    truth: dict  # voter id: choices
    of_voters: dict = field(default_factory=dict)
    of_ballots: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """How well an order of voters fits an order of ballots, in deviations from chance."""

    voters: str
    ballots: str
    surprise: float
    hits: int


def vote(session, voters=VOTERS, again=VOTED_AGAIN, seed=1):
    """A round where known voters come in a known order, some of them twice; voting has closed."""
    drawn = random.Random(seed)
    made = make.budget_round(
        session,
        Phase.COUNTING,
        pots=(("Nordby", 300_000),),
        projects=PROJECTS,
        costs=(20_000,) * len(PROJECTS),
        max_choices=5,
        voters_in_each_area=voters,
    )
    ids = [project.ballot_id for project in made.projects]
    ballots = [pick for size in (3, 4, 5) for pick in combinations(ids, size)]
    come = drawn.sample(range(voters), voters)
    come += drawn.sample(come, again)
    truth, last_hour = {}, made.budget_round.voting_closes - timedelta(hours=20)
    for number, (place, choices) in enumerate(
        zip(come, drawn.sample(ballots, len(come)), strict=True)
    ):
        voter = made.voters[place]
        moment = last_hour + timedelta(minutes=number)
        voting.cast(
            voter=voter, pot=made.pots[0], choices=choices, form_nonce=f"{number}", now=moment
        )
        truth[voter.id] = tuple(sorted(choices))
    made.people[Role.ADMIN] = make.account(session, Role.ADMIN, name="Anne Admin")
    return made, Traces(truth)


def finish(made, open_and_count=results.count):
    """Open, count, publish, and destroy when the time is up."""
    much_later = datetime.now(UTC) + timedelta(days=29)
    open_and_count(made)
    results.publish(made)
    destroying.destroy(
        by=made.people[Role.ADMIN],
        budget_round=made.budget_round,
        now=much_later,
    )
    assert clean_files.clean_due(much_later) == 1, "somebody still reads what was destroyed"


def attack(session, voters=VOTERS, again=VOTED_AGAIN, open_and_count=results.count):
    """Vote, keep everything, finish, keep everything again; return every match, the best first."""
    made, traces = vote(session, voters, again)
    before = linkage_files.copies(session)
    traces.of_voters = linkage_orders.of_voters(session, before)
    finish(made, open_and_count)
    after = linkage_files.copies(session)
    traces.of_ballots = linkage_orders.of_ballots(session, made.budget_round, after)
    return sorted(matches(traces), key=lambda one: -one.surprise)


def matches(traces):
    ballot_of = traces.truth
    for (voters, come), (ballots, lie) in product(
        traces.of_voters.items(), traces.of_ballots.items()
    ):
        place_of = {choices: place for place, choices in enumerate(lie)}
        places = [place_of[ballot_of[voter]] for voter in come if ballot_of[voter] in place_of]
        assert len(places) == len(ballot_of), f"{voters} and {ballots} do not hold all"
        yield Match(voters, ballots, *surprise(places))


def surprise(places):
    """How far from chance: both ends alike, neighbours still neighbours, or plain hits."""
    hits = sum(place == number for number, place in enumerate(places))
    hits = max(hits, sum(place == number for number, place in enumerate(reversed(places))))
    ranks, steps = by_chance(len(places))
    told = [
        deviations(rank_sum(places), ranks),
        deviations(neighbours(places), steps),
        max(0.0, hits - 3.0),  # chance gives one hit; nine or more come once in a million
    ]
    return max(told), hits


@cache
def by_chance(size):
    """What both measures are of orders drawn by lot."""
    drawn = random.Random(2)
    orders = [drawn.sample(range(size), size) for _ in range(DRAWN_ORDERS)]
    return [rank_sum(one) for one in orders], [neighbours(one) for one in orders]


def rank_sum(places):
    return sum(number * place for number, place in enumerate(places))


def neighbours(places):
    return sum(abs(one - next_one) for one, next_one in pairwise(places))


def deviations(seen, drawn):
    mean = sum(drawn) / len(drawn)
    spread = (sum((one - mean) ** 2 for one in drawn) / len(drawn)) ** 0.5
    return abs(seen - mean) / spread


def main(asked):
    voters, again = (120, 20) if asked.short else (VOTERS, VOTED_AGAIN)
    for name, url, folder in asked.databases():
        with linkage_files.fresh(url, folder) as app, app.app_context():
            found = attack(db.session, voters, again)
            best = found[0]
            print(
                f"linkage {name}: {voters} voters, {len(found)} pairs of orders, best "
                f"{best.surprise:.1f} deviations ({best.hits} hits: {best.voters} and "
                f"{best.ballots}); chance stays under {UNLIKELY}",
                flush=True,
            )
            assert best.surprise < UNLIKELY, best
