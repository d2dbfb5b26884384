"""How many votes a house bears: `make load` lets many voters hand in at once, on both databases.

Votes a second and how long they took, beside a bare Flask app with one durable insert in the
same run; what else used the processors; and how much memory a worker of the web holds.
"""

import argparse
import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from budgeting.extensions import db
from budgeting.models import BoardEntry, Envelope
from tests.journeys.house import free_port
from tests.load import casting_house, processors
from tests.load.casting_house import SLUG, CastingHouse
from tests.load.casting_voters import Lines, Voter, all_at_once, post

CHOSEN = 4
SHARE_WANTED = 0.20
LONGEST_WANTED = 0.100
RE_VOTES_ONE_IN = 10


@dataclass
class Measured:
    """What one run gave: times in seconds, sorted."""

    name: str
    times: list
    passed: float
    told: str

    @property
    def a_second(self):
        return len(self.times) / self.passed

    def slowest(self, percent):
        return self.times[min(len(self.times) - 1, int(len(self.times) * percent / 100))]

    def row(self):
        spread = " ".join(f"{self.slowest(part) * 1000:7.1f}" for part in (50, 95, 99))
        return f"  {self.name:<28} {len(self.times):>6} {self.a_second:8.0f} {spread}   {self.told}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--voters", type=int, default=3_000)
    parser.add_argument("--threads", type=int, default=1, help="of each of the two web workers")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    asked = parser.parse_args()
    wanted = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    print(f"{asked.clients} clients, {asked.voters} voters, {asked.threads} threads a worker")
    print(f"  {'':<28} {'votes':>6} {'votes/s':>8} {'p50 ms':>7} {'p95 ms':>7} {'p99 ms':>7}")
    for database in wanted:
        with tempfile.TemporaryDirectory(prefix="bb-load-") as folder:
            measure(Path(folder), database, asked)


def measure(folder, database, asked):
    with contextlib.ExitStack() as kept:
        server = None
        if database == "postgresql":
            server = kept.enter_context(casting_house.durable_postgresql(folder / "pg"))
        bare_before = bare(folder, database, server, asked)
        house = whole(folder, database, server, asked)
        bare_after = bare(folder, database, server, asked)
    beside = (bare_before.a_second + bare_after.a_second) / 2
    share = house.a_second / beside
    print(
        f"  {database}: {share:.0%} of the bare app (wanted {SHARE_WANTED:.0%}), p95 "
        f"{house.slowest(95) * 1000:.0f} ms (wanted under {LONGEST_WANTED * 1000:.0f})"
    )


def whole(folder, database, server, asked):
    """Measures the house: everybody enters and fills in first, then all hand in at once."""
    beside = casting_house.processes_of(folder)
    url = casting_house.new_database(server, "house") if server else None
    house = CastingHouse(folder, url, asked.threads)
    codes = house.prepare(asked.voters)
    voters = [Voter(number, code, SLUG, CHOSEN) for number, code in enumerate(codes)]
    with house.served() as processes:
        web = processes[0].pid
        print(f"  {database}, memory per worker, fresh: {memory(web)}")
        forms = filled_in(house, voters, asked)
        measured = handed_in(f"{database}, the house", house.port, forms, (web, *beside), asked)
        print(f"  {database}, memory per worker, after voting: {memory(web)}")
    house.check_log()
    assert_all_are_in_the_box(house, len(forms), asked.voters)
    return measured


def filled_in(house, voters, asked):
    """Everybody enters and fills in; one in ten fills in two, and so changes their vote."""
    lines = Lines(house.port)

    def prepare(voter):
        return voter.prepare(lines.mine, 1 if voters.index(voter) % RE_VOTES_ONE_IN else 2)

    prepared, times, passed = all_at_once(voters, asked.clients, prepare)
    print(f"  everybody entered and filled in: {len(times) / passed:.0f} voters/s")
    return [form for several in prepared for form in several]


def bare(folder, database, server, asked):
    """Measures the bare app over a database of its own, with the same clients and as many votes."""
    port, beside = free_port(), casting_house.processes_of(folder)
    made = sum(1 for _ in folder.glob("bare*"))
    (folder / f"bare-{made}").touch()
    url = str(folder / f"bare-{made}.sqlite")
    if server:
        url = casting_house.new_database(server, f"bare{made}")
        with casting_house.databases.connected(url) as connection:
            connection.exec_driver_sql(
                "create table vote (number serial primary key, choices text)"
            )
    house = CastingHouse(folder, threads=asked.threads)
    house.settings["BARE_DATABASE"] = url.replace("+psycopg", "")
    fields = [("choices", str(number)) for number in range(CHOSEN)]
    forms = [post("/vote", fields)] * asked.voters
    house.address = f"http://127.0.0.1:{port}"
    with casting_house.serving(house, "tests.load.bare_app:app", port, asked.threads) as process:
        return handed_in(f"{database}, a bare app", port, forms, (process.pid, *beside), asked)


def handed_in(name, port, forms, servers, asked):
    lines = Lines(port)
    watch = processors.Watch(*servers)

    def hand_in(form):
        status, answer = lines.mine.ask(form)
        assert status in (201, 303), answer[:2_000].decode("utf-8", "replace")

    _, times, passed = all_at_once(forms, asked.clients, hand_in)
    measured = Measured(name, times, passed, watch.told(len(times)))
    print(measured.row())
    return measured


def assert_all_are_in_the_box(house, forms, voters):
    """Every form that was answered with a receipt lies on the board; each voter has one envelope."""
    with house.inside():
        counted = [db.session.query(one).count() for one in (BoardEntry, Envelope)]
    assert counted == [forms, voters], counted


def memory(web):
    """What each worker of the web holds by itself, and with what it shares."""
    workers = sorted(processors.descendants([web]) - {web})
    held = [processors.memory_mb(worker) for worker in workers]
    return ", ".join(f"{whole:.0f} MB ({own:.0f} without what is shared)" for whole, own in held)


if __name__ == "__main__":
    main()
