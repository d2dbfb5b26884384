"""Many windows on one voter at once, online, again and on paper: nobody gets a second vote.

`python -m tests.soak races`: 50,000 attempts on each database, and the same race on a naive
house, which must be seen to count votes twice.
"""

import collections
import random
import threading
from dataclasses import dataclass

import sqlalchemy

from budgeting.vocabulary import PaperVotes, Role
from tests.soak import looking, naive
from tests.soak.house import House, Server, Serving, free_port
from tests.soak.voters import HANDED_IN, Booths, Desk, Line, all_at_once

CLIENTS = 16
BURST = 32
ATTEMPTS = 50_000
SHORT = 640
WAYS = {"net": 303, "again": 303, "paper": 302}
SAID = {303, 302, 409, 422}


@dataclass(frozen=True)
class Attempt:
    """One try to vote: who, which way, and the number on the form."""

    voter: int
    way: str
    nonce: str


def attempts(voters, number):
    """Bursts on one voter after another; every second voter comes with a paper ballot once too."""
    chance = random.Random(number)
    made = []
    for start in range(0, number, BURST):
        voter = voters[(start // BURST) % len(voters)]
        ways = ["net"] * (BURST * 3 // 4) + ["again"] * (BURST // 4)
        if voter % 2 and chance.random() < 0.7:
            ways[:2] = ["paper", "paper"]
        chance.shuffle(ways)
        made += [
            Attempt(voter, way, nonce_of(start, number, way)) for number, way in enumerate(ways)
        ]
    return made[:number]


def nonce_of(start, number, way):
    """A form of its own, or the one form of the burst that is sent again and again."""
    return f"{start}-again" if way == "again" else f"{start}-{number}"


def race(house, number):
    """Lets them all at the house; hands back what was acknowledged and what was answered."""
    booths, desk = Booths(house), Desk(house, Role.ADMIN)
    acknowledged, answers = set(), collections.Counter()
    keeping = threading.Lock()

    def ask(line, attempt):
        is_paper = attempt.way == "paper"
        form = desk.paper(attempt.voter) if is_paper else booths.form(attempt.voter, attempt.nonce)
        status = line.post_again(form)
        with keeping:
            answers[attempt.way, status] += 1
            if status == HANDED_IN:
                acknowledged.add(booths.form_hash(attempt.voter, attempt.nonce))

    with house.served() as server:
        run(server, attempts(house.voters, number), ask)
    strange = {one: times for one, times in answers.items() if one[1] not in SAID}
    assert not strange, strange
    return acknowledged, answers


def run(server, work, ask):
    """The clients take the attempts in their order, so that a burst is on its way at once."""
    waiting = iter(work)
    taking = threading.Lock()

    def take():
        with taking:
            return next(waiting, None)

    def client(_number):
        with Line(server.serving.port) as line:
            while attempt := take():
                ask(line, attempt)

    all_at_once(CLIENTS, client)


def naive_race(house, number):
    """A burst at each voter of the naive house; how many votes it would count too many."""
    url = house.settings["DATABASE_URL"]
    if url.startswith("sqlite"):
        url = url.replace("soak.sqlite", "naive.sqlite")
    naive.prepare(url)
    server = Server(house, Serving(free_port()), naive.load)
    server.settings = house.settings | {"DATABASE_URL": url}
    server.start()
    try:
        run(
            server,
            attempts(house.voters, number),
            lambda line, one: line.post_again((f"/naive/{one.voter}/{one.way}", None, {})),
        )
    finally:
        server.kill()
    return naive.extra_votes(url)


def prove(folder, url=None, number=SHORT):
    """The naive race, the race, the look into the box, and the count; what there is to tell."""
    house = House(folder, url)
    house.prepare(voters=max(20, number // (BURST * 2)), paper_votes=PaperVotes.REPLACES)
    too_many = naive_race(house, min(number, len(house.voters) * BURST))
    acknowledged, answers = race(house, number)
    box = looking.look(house)
    box.check()
    lost = box.lost(acknowledged)
    extra = box.extra + looking.count(house, box)
    name = sqlalchemy.make_url(house.settings["DATABASE_URL"]).get_backend_name()
    on_paper = sum(times for one, times in answers.items() if one[0] == "paper")
    told = (
        f"races {name}: {number} attempts ({on_paper} on paper) by {len(box.voters)} voters, "
        f"{len(box.board)} on the board, {extra} extra, {lost} lost, naive {too_many} extra"
    )
    return extra, lost, too_many, told


def main(asked):
    for name, url, folder in asked.databases():
        number = SHORT if asked.short else ATTEMPTS
        extra, lost, too_many, told = prove(folder, url, number)
        print(told, flush=True)
        assert (extra, lost) == (0, 0), name
        assert too_many > 0, "the naive house counted right: the race is no race"
