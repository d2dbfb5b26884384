"""How many readers a house bears: `make load` serves the demo and lets many read at once.

Prints answers a second, how long they took, and every answer that was not a page.
"""

import argparse
import collections
import http.client
import re
import statistics
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from budgeting.demo import settings as demo_settings
from tests.journeys.house import House, copy_database


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, demo_house(Path(folder)).opened() as house:
        addresses = pages_of(house.address)
        print(f"{asked.readers} readers, {asked.seconds} s, {len(addresses)} pages")
        report(read_at_once(house.address, addresses, asked.readers, asked.seconds), asked.seconds)


def demo_house(folder: Path) -> House:
    """A house over a copy of the demo's data; `make load` has filled the demo first."""
    house = House(folder)
    house.settings["DEMO"] = True
    copy_database(demo_settings.DATABASE, house.database)
    return house


def pages_of(address: str) -> list[str]:
    """The front page and every page it leads to, and theirs."""
    found = ["/"]
    for page in found[:]:
        found += [link for link in links_on(address, page) if link not in found]
    for page in found[1:]:
        found += [link for link in links_on(address, page) if link not in found]
    return found


def links_on(address: str, page: str) -> list[str]:
    _, html = fetch(http.client.HTTPConnection(urlsplit(address).netloc), page)
    return re.findall(r'<a[^>]* href="(/[^"#?]*)"', html)


def fetch(connection: http.client.HTTPConnection, page: str) -> tuple[int, str]:
    connection.request("GET", page)
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


class Reader(threading.Thread):
    """One reader who goes through all pages again and again, starting at a place of their own."""

    def __init__(self, address: str, pages: list[str], until: float):
        super().__init__()
        self.address, self.pages, self.until = address, pages, until
        self.times: list[float] = []
        self.strange: collections.Counter[str] = collections.Counter()

    def run(self) -> None:
        while time.perf_counter() < self.until:
            for page in self.pages:
                self.read(page)

    def read(self, page: str) -> None:
        begun = time.perf_counter()
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        status, _ = fetch(connection, page)
        connection.close()
        self.times.append(time.perf_counter() - begun)
        if status >= 400:
            self.strange[f"{status} {page}"] += 1


def read_at_once(address: str, pages: list[str], readers: int, seconds: int) -> list[Reader]:
    until = time.perf_counter() + seconds
    step = max(1, len(pages) // readers)
    turned = [
        pages[start * step % len(pages) :] + pages[: start * step % len(pages)]
        for start in range(readers)
    ]
    working = [Reader(address, own, until) for own in turned]
    for reader in working:
        reader.start()
    for reader in working:
        reader.join()
    return working


def report(readers: list[Reader], seconds: int) -> None:
    times = sorted(moment for reader in readers for moment in reader.times)
    p95 = times[int(len(times) * 0.95)]
    median = statistics.median(times)
    print(
        f"{len(times) / seconds:.0f} answers/s, median {median * 1000:.0f} ms, 95 % {p95 * 1000:.0f} ms"
    )
    strange = sum((reader.strange for reader in readers), collections.Counter())
    for words, times_seen in strange.most_common():
        print(f"  {times_seen} times {words}")


if __name__ == "__main__":
    main()
