"""The last seconds of a vote, by servers whose clocks differ, and on the night of the double hour.

`python -m tests.soak deadline`: votes from 5 s before to 5 s after closing while the box is being
sealed. Nothing counts that came after sealing, nothing acknowledged is missing, nobody who came
in time by the database's clock is refused, and nobody who came too late is let in.
"""

import contextlib
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from budgeting.extensions import db
from budgeting.models import BallotBox, BudgetRound
from budgeting.vocabulary import Role
from tests.soak import looking
from tests.soak.house import House, Server, Serving, free_port
from tests.soak.voters import HANDED_IN, TOO_LATE, Booths, Desk, Line, all_at_once

CLIENTS = 6
VOTERS = 12
SECONDS, SHORT_SECONDS = 5.0, 1.5
SKEWS = (-4.0, 0.0, 4.0)
OPENING = 6
PATIENCE = 30
CONFIRMED = 302
# Denmark sets the clock back at 03:00 on 25 October 2026: 02:30 comes twice, an hour apart.
NIGHTS = {
    "an ordinary day": None,
    "02.30 in summer time": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    "02.30 in winter time": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
}


@dataclass(frozen=True)
class Heard:
    """One form: when it was sent and answered by the true clock, and how."""

    sent: float
    answered: float
    status: int
    form_hash: str


class Evening:
    """A house whose voting is about to close, and several servers in front of it."""

    def __init__(self, folder, url, moment, skews):
        self.house = House(folder, url)
        now = (moment or datetime.now(UTC)) - timedelta(days=10)
        self.house.prepare(voters=VOTERS, now=now)
        self.skews, self.moment = skews, moment
        self.heard, self.keeping = [], threading.Lock()

    def close_in(self, seconds):
        """The voting closes so soon; the clock is shifted to a night of the past by a file."""
        real = datetime.now(UTC) + timedelta(seconds=seconds)
        if self.moment is not None:
            self.house.clock_file.write_text(str(round((self.moment - real).total_seconds())))
            real = self.moment - timedelta(seconds=int(self.house.clock_file.read_text()))
        self.closes = real.timestamp()
        with self.house.inside() as session:
            closes = self.moment or real
            session.execute(
                update(BudgetRound)
                .where(BudgetRound.id == self.house.round)
                .values(voting_closes=closes, voting_opens=closes - timedelta(days=9))
            )

    @contextlib.contextmanager
    def served(self):
        """One server for each clock."""
        servers = [
            Server(self.house, Serving(free_port(), workers=1, skew=skew)) for skew in self.skews
        ]
        try:
            for server in servers:
                server.start()
            yield [server.serving.port for server in servers]
        finally:
            for server in servers:
                server.kill()

    def vote(self, ports, seconds):
        """All vote from so long before closing to so long after; two people seal meanwhile."""
        self.booths = Booths(self.house)
        sealers = [
            Desk(self.house, Role.ADMIN, email="asta@example.org"),
            Desk(self.house, Role.OFFICER, email="inge@example.org"),
        ]

        def client(number):
            if number < len(sealers):
                self.seal(sealers[number], ports, seconds)
            else:
                with Line(ports[number % len(ports)]) as line:
                    self.hand_in(number, line, seconds)

        all_at_once(CLIENTS + len(sealers), client)

    def hand_in(self, number, line, seconds):
        voter = self.house.voters[number]
        wait_until(self.closes - seconds)
        count = 0
        while time.time() < self.closes + seconds:
            count += 1
            form = self.booths.form(voter, f"{number}-{count}")
            sent = time.time()
            status = line.post(form)
            heard = Heard(
                sent, time.time(), status, self.booths.form_hash(voter, f"{number}-{count}")
            )
            with self.keeping:
                self.heard.append(heard)
            time.sleep(0.01)

    def seal(self, desk, ports, seconds):
        """Tries on every server in turn until it is confirmed; before closing it is refused."""
        wait_until(self.closes - seconds / 2)
        while time.time() < self.closes + seconds + PATIENCE:
            for port in ports:
                with Line(port) as line:
                    if line.post(desk.seal()) == CONFIRMED:
                        return
            time.sleep(0.1)

    def judge(self):
        """What went wrong by the true clock, and what is in the box."""
        box = looking.look(self.house)
        box.check()
        acknowledged = {one.form_hash for one in self.heard if one.status == HANDED_IN}
        with self.house.inside():
            sealed_at = db.session.get(BallotBox, self.house.pot).sealed_at
        shift = self.closes - self.house_closes()
        return {
            "acknowledged": len(acknowledged),
            "missing": box.lost(acknowledged),
            "never acknowledged": len(box.board) - len(acknowledged),
            "too late and let in": self.count(lambda one: one.sent > self.closes, HANDED_IN),
            "in time and refused": self.count(lambda one: one.answered < self.closes, TOO_LATE),
            "other answers": sum(one.status not in (HANDED_IN, TOO_LATE) for one in self.heard),
            "sealed": sealed_at is not None,
            "sealed before closing": sealed_at is not None
            and sealed_at.timestamp() + shift < self.closes,
            "extra": box.extra + looking.count(self.house, box),
        }

    def count(self, when, status):
        return sum(when(one) and one.status == status for one in self.heard)

    def house_closes(self):
        return self.moment.timestamp() if self.moment else self.closes


def wait_until(moment):
    time.sleep(max(0.0, moment - time.time()))


def prove(folder, url=None, *, seconds=SHORT_SECONDS, moment=None, skews=SKEWS):
    """One evening; what went wrong, and the line to print."""
    folder.mkdir(exist_ok=True)
    evening = Evening(folder, url, moment, skews if url else (0.0, 0.0))
    # The servers start while the voting is far from closing, and the closing is moved near.
    evening.close_in(3600)
    with evening.served() as ports:
        evening.close_in(seconds + OPENING / 2)
        evening.vote(ports, seconds)
    found = evening.judge()
    bad = {
        what: found[what]
        for what in found
        if what not in ("acknowledged", "sealed") and found[what]
    }
    when = next(name for name, one in NIGHTS.items() if one == moment)
    line = (
        f"deadline {'postgresql' if url else 'sqlite'}, {when}, -+{seconds:g} s, "
        f"{len(evening.skews)} servers {evening.skews} s wrong: {len(evening.heard)} sent, "
        f"{found['acknowledged']} acknowledged, {found['missing']} missing, "
        f"{found['too late and let in']} let in too late, {found['in time and refused']} refused "
        f"in time, {'sealed' if found['sealed'] else 'not sealed'}, {found['extra']} extra"
    )
    return bad, found["sealed"], line


def main(asked):
    seconds = SHORT_SECONDS if asked.short else SECONDS
    evenings = dict(NIGHTS)
    for number, (when, moment) in enumerate(evenings.items()):
        for _name, url, folder in asked.databases():
            bad, is_sealed, line = prove(folder / str(number), url, seconds=seconds, moment=moment)
            print(line, flush=True)
            assert not bad, (when, bad)
            assert is_sealed
