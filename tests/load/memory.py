"""What the house weighs: `make load` measures each worker of the web, fresh and after many votes.

Resident memory, and in brackets each worker's own share where pages are shared with others.
"""

import argparse
import tempfile
from pathlib import Path

from tests.load import processors
from tests.load.casting_house import SLUG, CastingHouse
from tests.load.casting_voters import Lines, Voter, all_at_once, get

CHOSEN, CLIENTS = 4, 4
MOST_MB = 100
PAGES = ("/", f"/runder/{SLUG}", f"/runder/{SLUG}/projekter", f"/runder/{SLUG}/urnen", "/log-ind")
VISITOR = "X-Forwarded-For: 10.9.9.9\r\nX-Forwarded-Proto: https\r\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--votes", type=int, default=1_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bb-memory-") as folder:
        web_workers(CastingHouse(Path(folder), threads=1), asked.votes)


def web_workers(house, votes):
    """Weighs two workers that have answered nothing, that have shown pages, and that took votes."""
    voters = [Voter(number, code, SLUG, CHOSEN) for number, code in enumerate(house.prepare(votes))]
    with house.served() as (web, jobs):
        print(f"  a worker for jobs that has done nothing: {told([jobs.pid])}")
        print(f"  workers of the web, fresh: {told(workers_of(web))}")
        lines = Lines(house.port)
        all_at_once(PAGES * 20, CLIENTS, lambda page: lines.mine.ask(get(page, VISITOR)))
        print(f"  after {len(PAGES) * 20} pages: {told(workers_of(web))}")
        all_at_once(voters, CLIENTS, lambda voter: cast(lines.mine, voter))
        print(f"  after {votes} votes: {told(workers_of(web))} (wanted under {MOST_MB})")


def cast(line, voter):
    status, answer = line.ask(voter.prepare(line)[0])
    assert status == 303, answer[:2_000].decode("utf-8", "replace")


def workers_of(web):
    return sorted(processors.descendants([web.pid]) - {web.pid})


def told(processes):
    held = [processors.memory_mb(one) for one in processes]
    return ", ".join(f"{whole:.0f} MB ({own:.0f})" for whole, own in held)


if __name__ == "__main__":
    main()
