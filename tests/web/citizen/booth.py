"""A voter in the booth, as the tests of its pages need one: enters, chooses, checks, hands in."""

from dataclasses import dataclass
from typing import Any

ENTER = "Gå ind i stemmeboksen"
CHECK = "Se min stemmeseddel"
HAND_IN = "Aflever stemmen"


@dataclass
class Visitor:
    """Someone with a code in front of a browser."""

    client: Any
    made: Any

    def address(self, rest="", pot=None):
        number = "" if pot is None else f"/{self.made.pots[pot].id}"
        return f"/runder/{self.made.budget_round.slug}/stem{number}{rest}"

    def enter(self, voter=0):
        page = self.client.read(self.address())
        return self.client.submit(page, {"code": self.made.codes[voter]}, button=ENTER)

    def choose(self, *choices, pot=0, status=200):
        """Ticks these and asks to see the ballot; the page that comes."""
        page = self.client.read(self.address(pot=pot))
        return self.send(page, choices, "/tjek", pot=pot, status=status)

    def hand_in(self, *choices, pot=0):
        return self.client.submit(self.choose(*choices, pot=pot), button=HAND_IN)

    def send(self, page, choices, to, pot=0, status=200, **fields):
        """Sends the ballot of a page to one of the booth's addresses, as its buttons do."""
        sent = page.form("ballot").as_it_stands() | {"choices": list(choices)} | fields
        answer = self.client.post(self.address(to, pot=pot), data=sent, follow_redirects=True)
        return self.client._page(answer, status)
