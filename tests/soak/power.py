"""The power goes while votes are handed in, again and again: no vote with a receipt is gone.

`python -m tests.soak power`: 10,000 acknowledged votes with our settings, and the same with
`synchronous=NORMAL`, which must be seen to lose some. The house's own pages, engine and pragmas;
below them apsw's SQLite on a disk of ours (see disks.py), because Python's own SQLite cannot be
given one.
"""

import contextlib
import logging
import random

from sqlalchemy import event, select

from budgeting.extensions import db
from budgeting.models import HandedInForm
from tests.soak import apsw_dbapi, looking
from tests.soak.disks import Disk
from tests.soak.house import House, short_folder
from tests.soak.voters import HANDED_IN, Booths, all_at_once

CLIENTS = 3
VOTERS = 30
VOTES, SHORT_VOTES = 10_000, 150
SOONEST, LATEST = 20, 900
PAST_A_CHECKPOINT = 5_000


class Lamp:
    """A house on a disk that forgets, and what its voters were told."""

    def __init__(self, folder, disk, synchronous):
        self.folder, self.disk = folder, disk
        self.house = House(
            folder, SQLALCHEMY_ENGINE_OPTIONS={"module": apsw_dbapi.connector(disk.name)}
        )
        self.house.app.logger.disabled = True
        self.house.prepare(voters=VOTERS)
        self.booths = Booths(self.house)
        self.acknowledged, self.lost, self.cuts, self.sent = set(), set(), 0, 0
        if synchronous != "FULL":
            weaken(self.house, synchronous)
        self.house.forget()
        disk.take_over(folder)

    def vote_until_the_cut(self, operations):
        """All vote at once until the power goes; then the disk is what the cut has left of it."""
        self.disk.cut_after(operations)
        all_at_once(CLIENTS, self.client)
        self.house.forget()
        self.disk.lay_back(self.folder)
        self.cuts += 1
        self.lost |= self.acknowledged - self.lost - self.there()

    def client(self, number):
        browser = self.house.app.test_client(use_cookies=False)
        mine = self.house.voters[number::CLIENTS]
        while not self.disk.is_out:
            self.sent += 1
            voter, nonce = mine[self.sent % len(mine)], f"{self.cuts}-{number}-{self.sent}"
            path, body, headers = self.booths.form(voter, nonce)
            with contextlib.suppress(Exception):
                answer = browser.post(path, data=body, headers=headers)
                if answer.status_code == HANDED_IN:
                    self.acknowledged.add(self.booths.form_hash(voter, nonce))

    def there(self):
        with self.house.inside() as session:
            assert session.connection().exec_driver_sql("pragma quick_check").scalar() == "ok"
            return set(session.scalars(select(HandedInForm.form_hash)))


def weaken(house, synchronous):
    """What must be seen to lose votes."""

    def say(connection, _record):
        connection.execute(f"PRAGMA synchronous={synchronous}")

    with house.app.app_context():
        event.listen(db.engine, "connect", say)


def prove(folder, votes=SHORT_VOTES, synchronous="FULL"):
    """Votes and cuts until so many were acknowledged; lost, and the line to print."""
    folder.mkdir(exist_ok=True)
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
    lamp = Lamp(folder, Disk(votes), synchronous)
    chance = random.Random(votes)
    while len(lamp.acknowledged) < votes:
        latest = PAST_A_CHECKPOINT if chance.random() < 0.3 and votes > SHORT_VOTES else LATEST
        lamp.vote_until_the_cut(chance.randint(SOONEST, latest))
    box = looking.look(lamp.house)
    doubled = box.extra
    if synchronous == "FULL":
        box.check()
        doubled += looking.count(lamp.house, box)
    line = (
        f"power sqlite synchronous={synchronous}: {lamp.cuts} power cuts during "
        f"{len(lamp.acknowledged)} acknowledged votes: {len(lamp.lost)} lost, {doubled} doubled"
    )
    return len(lamp.lost), doubled, line


def main(asked):
    if asked.database == "postgresql":
        return
    votes = SHORT_VOTES if asked.short else VOTES
    with short_folder() as folder:
        lost, doubled, line = prove(folder / "full", votes)
        print(line, flush=True)
        assert (lost, doubled) == (0, 0)
        lost, _, line = prove(folder / "normal", votes if asked.short else votes // 10, "NORMAL")
        print(line, flush=True)
        assert lost > 0, "the disk forgets nothing: the test sees no fault"
