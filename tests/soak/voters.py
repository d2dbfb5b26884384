"""Voters who stand in the booth already, and an administrator at the desk, as a server sees them.

Their cookies and forms are made beforehand with the house's own secret, so that each attempt is
one request: the one that counts.
"""

import hashlib
import http.client
import itertools
import re
import secrets
import threading
import time
from urllib.parse import urlencode

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import insert, select

from budgeting import clock
from budgeting.models import BoothPass, Voter
from tests import make
from tests.soak.house import SLUG
from tests.web import visits

HANDED_IN, MARKED, REFUSED_ON_PAPER, REFUSED = 303, 302, 409, 422
TOO_LATE = 403
RECEIPT = re.compile(r'name="receipt"[^>]*value="([^"]+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Booths:
    """The open booths of a house's voters."""

    def __init__(self, house):
        self.path = f"/runder/{SLUG}/stem/{house.pot}"
        self.pot = house.pot
        self.headers, self.csrf = {}, {}
        with house.inside() as session:
            open_booths(session, house.voters)
            for voter in house.voters:
                self.headers[voter], self.csrf[voter] = browser_of(
                    house,
                    booth_round=house.round,
                    booth_pass=pass_of(voter),
                    booth_seen=int(clock.now().timestamp()),
                )

    def form(self, voter, nonce, choice="1"):
        """The request that hands in this voter's ballot."""
        fields = {"csrf_token": self.csrf[voter], "booth": pass_of(voter), "nonce": nonce}
        body = urlencode(fields | {"choices": choice})
        return f"{self.path}/aflever", body, self.headers[voter] | FORM

    def receipt(self, line, voter):
        """The receipt that the voter's own page shows."""
        _, page = line.ask("GET", f"{self.path}/kvittering", None, self.headers[voter])
        found = RECEIPT.search(page)
        return found[1] if found else None

    def form_hash(self, voter, nonce):
        """Under what the house remembers the form."""
        return hashlib.sha256(f"{nonce}|{voter}|{self.pot}".encode()).hexdigest()


class Desk:
    """Somebody of the staff, signed in."""

    def __init__(self, house, *roles, email=None):
        with house.inside() as session:
            account = make.account(session, *roles, email=email)
            token = visits.token_of(house.app, account)
            self.headers, self.csrf = browser_of(house, _user_id=token, _fresh=True)
            rows = session.query(Voter.id, Voter.roll_number).all()
        self.numbers = dict(map(tuple, rows))
        self.pot = house.pot

    def paper(self, voter):
        """The request that marks this voter's vote on paper."""
        fields = {"csrf_token": self.csrf, "roll_number": self.numbers[voter], "pot": self.pot}
        return f"/admin/runder/{SLUG}/papirstemmer", urlencode(fields), self.headers | FORM

    def seal(self):
        """The request that confirms that the box may be sealed."""
        body = urlencode({"csrf_token": self.csrf})
        return f"/admin/runder/{SLUG}/optaelling/forsegling", body, self.headers | FORM


def pass_of(voter):
    """What the cookie and the forms of a voter's booth hold."""
    return f"the pass of voter {voter}"


def open_booths(session, voters):
    """The house knows every pass, whichever run laid them in."""
    known = set(session.scalars(select(BoothPass.voter_id)))
    rows = [
        {"pass_hash": hashlib.sha256(pass_of(one).encode()).hexdigest(), "voter_id": one}
        for one in voters
        if one not in known
    ]
    if rows:
        session.execute(insert(BoothPass), rows)
        session.commit()


def browser_of(house, **remembered):
    """The headers that a browser with this session sends, and the token its forms carry."""
    raw = secrets.token_hex(20)
    token = URLSafeTimedSerializer(house.app.secret_key, salt="wtf-csrf-token").dumps(raw)
    signer = house.app.session_interface.get_signing_serializer(house.app)
    cookie = signer.dumps(remembered | {"csrf_token": raw})
    return {"Cookie": f"{house.app.config['SESSION_COOKIE_NAME']}={cookie}"}, token


class Line:
    """A connection to a server, kept open as long as it lasts."""

    def __init__(self, port):
        self.port = port
        self.open()

    def open(self):
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.connection.close()

    def ask(self, method, path, body, headers):
        """Status and page; raises OSError or HTTPException where no whole answer came."""
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.open()
            raise

    def post(self, request):
        return self.ask("POST", *request)[0]

    def post_again(self, request, tries=50):
        """The answer to a form that is sent again where the line fell, as browsers do."""
        for tries_left in reversed(range(tries)):
            try:
                return self.post(request)
            except (OSError, http.client.HTTPException):
                if not tries_left:
                    raise
                time.sleep(0.05)
        return None

    def post_until_answered(self, request, wanted, seconds=120):
        """Sends the same form again until the house says it has it; how many times it took."""
        until = time.monotonic() + seconds
        for times in itertools.count(1):
            try:
                if self.post(request) in wanted:
                    return times
            except (OSError, http.client.HTTPException):
                pass
            if time.monotonic() > until:
                raise AssertionError(f"the house does not answer {request[0]}")
            time.sleep(0.02)
        return None


def all_at_once(clients, work):
    """Runs `work(number)` in so many threads, and raises what went wrong in any of them."""
    wrong = []

    def run(number):
        try:
            work(number)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
