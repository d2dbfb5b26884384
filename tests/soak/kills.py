"""kill -9 in the middle of voting: of the server with all its workers, and of PostgreSQL.

`python -m tests.soak kills`: 400 times the server during 100,000 acknowledged votes, in ten
houses one after the other, and 20 times PostgreSQL during 10,000. A voter who got no answer sends
the same form again, as people do; whoever was disturbed sends it once more when it has been
acknowledged, and is shown the same receipt.
"""

import http.client
import random
import signal
import subprocess
import threading
import time

import psutil

from budgeting.vocabulary import PaperVotes
from tests.soak import house as houses
from tests.soak import looking
from tests.soak.house import House
from tests.soak.voters import HANDED_IN, Booths, Line, all_at_once

CLIENTS = 8
VOTERS_EACH = 25
VOTES, KILLS, PARTS = 100_000, 400, 10
SHORT_VOTES, SHORT_KILLS = 500, 6
POSTGRESQL_VOTES, POSTGRESQL_KILLS = 10_000, 20


class Progress:
    """How far the clients are, told to whoever kills."""

    def __init__(self, wanted):
        self.wanted, self.begun = wanted, 0
        self.acknowledged, self.resent, self.different = set(), 0, 0
        self.changing = threading.Lock()

    def take(self):
        with self.changing:
            self.begun += 1
            return self.begun <= self.wanted

    def keep(self, form_hash):
        with self.changing:
            self.acknowledged.add(form_hash)

    def keep_resent(self, first, again):
        with self.changing:
            self.resent += 1
            self.different += first is None or first != again

    def wait_for(self, votes):
        while len(self.acknowledged) < votes:
            time.sleep(0.005)


def vote(booths, progress, line, voter, nonce):
    """One vote to its acknowledgement; after a disturbance the same form is sent once more."""
    form, form_hash = booths.form(voter, nonce), booths.form_hash(voter, nonce)
    if was_answered(line, form):
        progress.keep(form_hash)
        return
    line.post_until_answered(form, {HANDED_IN})
    progress.keep(form_hash)
    first = receipt_at_last(booths, line, voter)
    line.post_until_answered(form, {HANDED_IN})
    progress.keep_resent(first, receipt_at_last(booths, line, voter))


def was_answered(line, form):
    try:
        return line.post(form) == HANDED_IN
    except (OSError, http.client.HTTPException):
        return False


def receipt_at_last(booths, line, voter):
    """What the voter's page shows, once there is somebody to show it."""
    for _ in range(3_000):
        try:
            shown = booths.receipt(line, voter)
        except (OSError, http.client.HTTPException):
            shown = None
        if shown is not None:
            return shown
        time.sleep(0.02)
    return None


def soak(house, server, *, votes, kills, kill):
    """Lets the clients vote while `kill` is called so many times, spread over the votes."""
    booths, progress = Booths(house), Progress(votes)
    chance = random.Random(votes)
    over = threading.Event()

    def client(number):
        mine, cast = house.voters[number::CLIENTS], 0
        with Line(server.serving.port) as line:
            while progress.take():
                cast += 1
                vote(booths, progress, line, mine[cast % len(mine)], f"{number}-{cast}")

    def killer():
        for done in range(kills):
            progress.wait_for((done + 1) * votes // (kills + 1))
            time.sleep(chance.random() * 0.03)
            kill()
        over.set()

    killing = threading.Thread(target=killer, daemon=True)
    killing.start()
    all_at_once(CLIENTS, client)
    killing.join(60)
    assert over.is_set(), "not every kill was done"
    return progress


def prepared(folder, url=None):
    house = House(folder, url)
    house.prepare(voters=CLIENTS * VOTERS_EACH, paper_votes=PaperVotes.REPLACES)
    return house


def told(house, progress, words):
    """Looks into the box and counts it; lost, doubled, and the line to print."""
    box = looking.look(house)
    box.check()
    lost = box.lost(progress.acknowledged)
    doubled = len(box.board) - len(progress.acknowledged) + box.extra + looking.count(house, box)
    line = (
        f"kills {words} during {len(progress.acknowledged)} acknowledged votes: {lost} lost, "
        f"{doubled} doubled, {progress.resent} forms sent again, "
        f"{progress.different} with another receipt"
    )
    return lost, doubled, progress.different, line


def prove_server(folder, url=None, votes=SHORT_VOTES, kills=SHORT_KILLS):
    """kill -9 of gunicorn and its workers, and a new one at the same address."""
    house = prepared(folder, url)

    def kill():
        server.kill()
        server.start()

    with house.served() as server:
        progress = soak(house, server, votes=votes, kills=kills, kill=kill)
    backend = "postgresql" if url else "sqlite"
    return told(house, progress, f"{backend}: {kills} kill -9 of the server")


def prove_postgresql(folder, votes, kills):
    """kill -9 of PostgreSQL with all its processes; the web servers stay and find it again."""
    with houses.durable_postgresql(folder / "data") as postgresql:
        house = prepared(folder, houses.new_database(postgresql.get_uri(), "soak"))

        def kill():
            kill_postgresql(postgresql)
            start_again(postgresql)

        with house.served() as server:
            progress = soak(house, server, votes=votes, kills=kills, kill=kill)
        return told(house, progress, f"postgresql: {kills} kill -9 of PostgreSQL")


def kill_postgresql(postgresql):
    """All its processes at once, as if the kernel had run out of memory."""
    first = psutil.Process(postgresql.get_pid())
    family = [first, *first.children(recursive=True)]
    for process in family:
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=10)


def start_again(postgresql):
    """The package waits ten seconds for it, which a busy machine may need more than once."""
    for tries_left in reversed(range(6)):
        try:
            postgresql.ensure_postgres_running()
            return
        except subprocess.SubprocessError:
            if not tries_left:
                raise


def main(asked):
    if asked.short:
        parts, votes, kills = 1, SHORT_VOTES, SHORT_KILLS
    else:
        parts, votes, kills = PARTS, VOTES // PARTS, KILLS // PARTS
    for name, url, folder in asked.databases():
        for part in range(parts if name == "sqlite" else 1):
            (folder / str(part)).mkdir()
            finish(prove_server(folder / str(part), url, votes, kills))
    if asked.database != "sqlite":
        votes, kills = (200, 2) if asked.short else (POSTGRESQL_VOTES, POSTGRESQL_KILLS)
        with houses.short_folder() as folder:
            finish(prove_postgresql(folder, votes, kills))


def finish(found):
    lost, doubled, different, line = found
    print(line, flush=True)
    assert (lost, doubled, different) == (0, 0, 0)
