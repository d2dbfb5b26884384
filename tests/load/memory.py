"""What the house weighs: `make load` measures each worker of the web, and a large count.

Resident memory, and in brackets each process's own share where pages are shared with others.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from sqlalchemy import select

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import BudgetRound
from budgeting.services import counting
from budgeting.vocabulary import Role
from tests import make
from tests.load import made_up, processors
from tests.load.casting_house import SLUG, CastingHouse
from tests.load.casting_voters import Lines, Voter, all_at_once, get

CHOSEN, CLIENTS = 4, 4
MOST_MB = 100
PAGES = ("/", f"/runder/{SLUG}", f"/runder/{SLUG}/projekter", f"/runder/{SLUG}/urnen", "/log-ind")
VISITOR = "X-Forwarded-For: 10.9.9.9\r\nX-Forwarded-Proto: https\r\n"
LARGE, PROJECTS = "large", 100
SECONDS_BETWEEN_LOOKS = 0.2


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--votes", type=int, default=1_000)
    parser.add_argument("--counted", type=int, default=20_000, help="envelopes in the large count")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bb-memory-") as folder:
        house = CastingHouse(Path(folder), threads=1)
        codes = house.prepare(asked.votes)
        import_large(house, asked.counted)
        with house.served() as (web, jobs):
            after_votes(house, web, codes)
            after_a_count(house, jobs, asked.counted)


def after_votes(house, web, codes):
    """Weighs two workers that have answered nothing, that have shown pages, and that took votes."""
    voters = [Voter(number, code, SLUG, CHOSEN) for number, code in enumerate(codes)]
    lines = Lines(house.port)
    print(f"  workers of the web, fresh: {told(below(web))}")
    all_at_once(PAGES * 20, CLIENTS, lambda page: lines.mine.ask(get(page, VISITOR)))
    print(f"  after {len(PAGES) * 20} pages: {told(below(web))}")
    all_at_once(voters, CLIENTS, lambda voter: cast(lines.mine, voter))
    print(f"  after {len(codes)} votes: {told(below(web))} (wanted under {MOST_MB})")


def cast(line, voter):
    status, answer = line.ask(voter.prepare(line)[0])
    assert status == 303, answer[:2_000].decode("utf-8", "replace")


def import_large(house, voters):
    file = house.folder / "large.pb"
    file.write_text(made_up.text(voters, PROJECTS))
    house.command("import-pabulib", file, "--slug", LARGE, "--passphrase", make.PASSPHRASE)


def after_a_count(house, jobs, envelopes):
    """Weighs the process that opens a large box, the one that counts, and the worker afterwards."""
    print(f"  the worker for jobs, before: {told([jobs.pid])}")
    os.environ.update(house.environment)
    begun = time.perf_counter()
    with house.inside():
        budget_round = db.session.scalars(select(BudgetRound).filter_by(slug=LARGE)).one()
        counting.order(
            by=make.account(db.session, Role.ADMIN),
            budget_round=budget_round,
            passphrases={0: make.PASSPHRASE},
            now=clock.now(),
        )
        ordered = time.perf_counter() - begun
        opens, counts = [0], [0]
        while budget_round.counted_at is None:
            opens += [processors.memory_mb(one)[0] for one in openers()]
            counts += [processors.memory_mb(one)[0] for one in below(jobs)]
            db.session.rollback()
            time.sleep(SECONDS_BETWEEN_LOOKS)
    passed = time.perf_counter() - begun
    print(f"  {envelopes} envelopes: ordered in {ordered:.1f} s, counted after {passed:.0f} s")
    print(f"  at most: opening {max(opens):.0f} MB, counting {max(counts):.0f} MB")
    print(f"  the worker for jobs, after: {told([jobs.pid])}")


def openers():
    """What this process has started that opens a box: here it stands where a web worker stands."""
    return [one for one in below_pid(os.getpid()) if b"opening_apart" in words_of(one)]


def words_of(process):
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def below(process):
    return below_pid(process.pid)


def below_pid(pid):
    return sorted(processors.descendants([pid]) - {pid})


def told(processes):
    held = [processors.memory_mb(one) for one in processes]
    return ", ".join(f"{whole:.0f} MB ({own:.0f})" for whole, own in held)


if __name__ == "__main__":
    main()
