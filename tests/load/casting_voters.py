"""Voters with a browser each, as far as a server can tell: they enter, choose, check, hand in.

Each keeps its connection open, as the proxy in front of the house does, and says what that proxy
would say of it. Written down to the socket, so that it takes little of the processors it shares.
"""

import random
import re
import socket
import threading
import time
from urllib.parse import quote_plus

FIELDS = {
    name: re.compile(rf'name="{name}"[^>]*value="([^"]*)"'.encode())
    for name in ("csrf_token", "booth", "nonce", "choices")
}
COOKIE = re.compile(rb"[Ss]et-[Cc]ookie: ([^=]+)=([^;]*)")
LENGTH = re.compile(rb"[Cc]ontent-[Ll]ength: (\d+)")
END = b"\r\n\r\n"


class Line:
    """One connection to a server, kept open from page to page."""

    def __init__(self, port):
        self.port = port
        self.socket = None

    def ask(self, request):
        """Sends a request and hands back status and the whole answer; a line that fell is mended."""
        try:
            return self._ask(request)
        except (ConnectionError, OSError):
            self.close()
            return self._ask(request)

    def _ask(self, request):
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        answer = b""
        while not is_whole(answer):
            piece = self.socket.recv(65_536)
            if not piece:
                raise ConnectionError("the server hung up")
            answer += piece
        if b"onnection: close" in answer:
            self.close()
        return int(answer[9:12]), answer

    def close(self):
        if self.socket is not None:
            self.socket.close()
            self.socket = None


class Lines(threading.local):
    """A connection for each client: threads do not share what hangs on this."""

    def __init__(self, port):
        self.mine = Line(port)


def is_whole(answer):
    head, found, body = answer.partition(END)
    if not found:
        return False
    length = LENGTH.search(head)
    return length is None or len(body) >= int(length[1])


def get(path, extra=""):
    return f"GET {path} HTTP/1.1\r\nHost: borgerbudget.example\r\n{extra}\r\n".encode()


def post(path, fields, extra=""):
    body = "&".join(f"{name}={quote_plus(value)}" for name, value in fields)
    return (
        f"POST {path} HTTP/1.1\r\nHost: borgerbudget.example\r\n{extra}"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


class Voter:
    """Someone with a code letter: what their browser remembers from page to page."""

    def __init__(self, number, code, slug, ballot):
        self.code, self.ballot = code, ballot
        self.booth = f"/runder/{slug}/stem"
        self.address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self.cookies = {}

    def prepare(self, line, times=1):
        """Enters by the code, chooses, and checks; hands back the forms to hand in."""
        page = self.fetch(line, get(self.booth, self.said()))
        sent = [("csrf_token", field(page, "csrf_token")), ("code", self.code)]
        answer = self.fetch(line, post(self.booth, sent, self.said()), expected=302)
        path = re.search(rb"[Ll]ocation: (\S+)", answer)[1].decode()
        page = self.fetch(line, get(path, self.said()))
        return [self.checked(line, path, page) for _ in range(times)]

    def checked(self, line, path, page):
        fields = [("csrf_token", field(page, "csrf_token")), ("booth", field(page, "booth"))]
        fields += [("choices", choice) for choice in self.drawn(page)]
        checked = self.fetch(line, post(f"{path}/tjek", fields, self.said()))
        names = ("csrf_token", "booth", "nonce")
        sent = [(name, field(checked, name)) for name in names]
        chosen = [one.decode() for one in FIELDS["choices"].findall(checked)]
        sent += [("choices", choice) for choice in chosen]
        return post(f"{path}/aflever", sent, self.said())

    def drawn(self, page):
        offered = [one.decode() for one in FIELDS["choices"].findall(page)]
        return random.Random(self.code).sample(offered, self.ballot)

    def fetch(self, line, request, expected=200):
        status, answer = line.ask(request)
        assert status == expected, answer[:3_000].decode("utf-8", "replace")
        for name, value in COOKIE.findall(answer.partition(END)[0]):
            self.cookies[name.decode()] = value.decode()
        return answer

    def said(self):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return (
            f"X-Forwarded-For: {self.address}\r\nX-Forwarded-Proto: https\r\n"
            "X-Forwarded-Host: borgerbudget.example\r\nReferer: https://borgerbudget.example/\r\n"
        ) + (f"Cookie: {cookies}\r\n" if cookies else "")


def field(page, name):
    found = FIELDS[name].search(page)
    assert found, f"no {name} in {page[:3_000]!r}"
    return found[1].decode()


class Client(threading.Thread):
    """One of the clients at work: does its pieces one after the other and times each."""

    def __init__(self, work, deed):
        super().__init__()
        self.work, self.deed = work, deed
        self.times, self.made = [], []
        self.wrong = None

    def run(self):
        try:
            for piece in self.work:
                begun = time.perf_counter()
                self.made.append(self.deed(piece))
                self.times.append(time.perf_counter() - begun)
        except BaseException as wrong:
            self.wrong = wrong


def all_at_once(work, clients, deed):
    """Shares the work among so many clients; hands back what they made, times, and seconds."""
    working = [Client(work[first::clients], deed) for first in range(clients)]
    begun = time.perf_counter()
    for client in working:
        client.start()
    for client in working:
        client.join()
    passed = time.perf_counter() - begun
    for client in working:
        if client.wrong is not None:
            raise client.wrong
    times = sorted(one for client in working for one in client.times)
    return [one for client in working for one in client.made], times, passed
