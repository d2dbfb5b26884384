"""The disk errs at the n-th write, or is full: never a receipt without a vote that is there.

`python -m tests.soak disk`: each write and sync of a cast fails in turn, once and from then on,
as an error and as a full disk; then a real server that the kernel lets write no more. Whoever got
an answer that is no receipt sends the same form again when the disk is well, and has one vote.
"""

import http.client
from collections import Counter

import apsw

from tests.soak import apsw_dbapi, looking
from tests.soak.disks import FailingDisk
from tests.soak.house import House, short_folder
from tests.soak.voters import HANDED_IN, Booths, Line

VOTERS = 4
ERRORS = {"full": apsw.FullError, "error": apsw.IOError}
CLEAR_PAGE = "Du har ikke fået en kvittering"
SHORT_STEPS = 5
MOST_STEPS = 400
VOTES_ON_A_REAL_DISK = 400
ROOM = 200_000


class Desk:
    """A house on a disk that errs, and what its voters were told."""

    def __init__(self, folder):
        self.disk = FailingDisk()
        engine = {"module": apsw_dbapi.connector(self.disk.name)}
        self.house = House(folder, SQLALCHEMY_ENGINE_OPTIONS=engine)
        self.house.app.logger.disabled = True
        self.house.prepare(voters=VOTERS)
        self.booths = Booths(self.house)
        self.browser = self.house.app.test_client(use_cookies=False)
        self.found, self.tries = Counter(), 0

    def try_at(self, step, error, stays_full):
        """One cast whose disk fails at this write; whether the failure was met at all."""
        self.tries += 1
        voter, nonce = self.house.voters[self.tries % VOTERS], f"form-{self.tries}"
        before = self.there()
        self.disk.fail_after(step, error, stays_full)
        answer = self.post(voter, nonce)
        was_met = self.disk.failed > 0
        self.disk.heal()
        self.judge(answer, self.booths.form_hash(voter, nonce), before)
        self.again(voter, nonce)
        return was_met

    def post(self, voter, nonce):
        path, body, headers = self.booths.form(voter, nonce)
        return self.browser.post(path, data=body, headers=headers)

    def judge(self, answer, form_hash, before):
        """A receipt and a vote that is there after opening the file anew, or a page that is clear."""
        after = self.there()
        if answer.status_code == HANDED_IN:
            self.found["receipts"] += 1
            self.found["receipts without a vote"] += form_hash not in after
            return
        self.found["refused"] += 1
        is_clear = answer.status_code == 500 and CLEAR_PAGE in answer.text
        self.found["answers that are not clear"] += not is_clear
        self.found["refused and yet changed"] += after != before

    def again(self, voter, nonce):
        """The disk is well: the same form is taken, once."""
        answer = self.post(voter, nonce)
        self.found["not well again"] += answer.status_code != HANDED_IN

    def there(self):
        """What is in the file, read by opening it anew."""
        self.house.forget()
        return set(looking.look(self.house).forms)


def prove(folder, every=1):
    """Every (or every n-th) write of a cast fails, in four ways; what was found, and the line."""
    desk = Desk(folder)
    steps = 0
    for error in ERRORS.values():
        for stays_full in (False, True):
            step = 1
            while step < MOST_STEPS and desk.try_at(step, error, stays_full):
                step += every
            steps = max(steps, step)
    box = looking.look(desk.house)
    box.check()
    wrong = box.extra + looking.count(desk.house, box)
    found = desk.found
    line = (
        f"disk sqlite: {desk.tries} casts failing at write 1 to {steps} ({' and '.join(ERRORS)}, "
        f"once and on): {found['receipts']} receipts, "
        f"{found['receipts without a vote']} without a vote, {found['refused']} error pages, "
        f"{found['answers that are not clear']} not clear, "
        f"{found['refused and yet changed']} had changed something, "
        f"{found['not well again']} not well afterwards, {wrong} doubled"
    )
    bad = sum(times for what, times in found.items() if what not in ("receipts", "refused"))
    return bad + wrong, line


def prove_on_a_real_disk(folder, votes=VOTES_ON_A_REAL_DISK):
    """A real server whose files may grow no larger than a little; then one that may again."""
    house = House(folder)
    house.prepare(voters=VOTERS)
    booths = Booths(house)
    acknowledged, open_forms, answers = set(), [], Counter()
    largest = (folder / "soak.sqlite").stat().st_size + ROOM
    with (
        house.served(workers=1, largest_file=largest) as server,
        Line(server.serving.port) as line,
    ):
        for number in range(votes):
            voter, nonce = house.voters[number % VOTERS], f"form-{number}"
            status = ask(line, booths.form(voter, nonce))
            answers[status] += 1
            if status == HANDED_IN:
                acknowledged.add(booths.form_hash(voter, nonce))
            else:
                open_forms.append((voter, nonce))
    box = looking.look(house)
    lost = box.lost(acknowledged)
    with house.served(workers=1) as server, Line(server.serving.port) as line:
        well = sum(ask(line, booths.form(*one)) == HANDED_IN for one in open_forms)
    box = looking.look(house)
    box.check()
    doubled = len(box.board) - votes + box.extra + looking.count(house, box)
    refused = sum(times for status, times in answers.items() if status == 500)
    told = (
        f"disk sqlite, files limited by the kernel: {len(acknowledged)} receipts, {lost} lost, "
        f"{refused} error pages, {len(open_forms) - refused} other answers; "
        f"{well} of {len(open_forms)} taken when there was room, {doubled} doubled"
    )
    return lost + doubled + (len(open_forms) - well), refused, told


def ask(line, form):
    try:
        return line.post(form)
    except (OSError, http.client.HTTPException):
        return 0


def main(asked):
    if asked.database == "postgresql":
        return
    with short_folder() as folder:
        bad, line = prove(folder, SHORT_STEPS if asked.short else 1)
    print(line, flush=True)
    assert bad == 0
    with short_folder() as folder:
        bad, refused, line = prove_on_a_real_disk(folder)
    print(line, flush=True)
    assert bad == 0
    assert refused > 0, "the disk was never full: nothing was tried"
