"""The seat where somebody outside the house says who a person is.

OpenID Connect sits in it (openid_adapter.py). A SAML adapter is one more class of this shape:
it sends the person away with a question, takes the answer back, believes it or not, and hands
on a Person or a Colleague. Pages and rules know no more of it than what stands here.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

Who = TypeVar("Who", covariant=True)


class ProviderSilent(Refusal):
    """The provider cannot be reached, or answers nonsense."""

    message = N_("Login svarer ikke lige nu. Prøv igen om lidt, eller ring til kommunen.")


class ProviderRefused(Refusal):
    """The person pressed Cancel, or the provider would not let them in."""

    message = N_("Login blev afbrudt. Prøv igen, når du er klar.")


class NotBelieved(Refusal):
    """Something in the answer does not hold; what it is stands in `reason`, for the log."""

    message = N_("Vi kunne ikke stole på svaret fra login. Prøv igen, eller ring til kommunen.")

    def __init__(self, reason: str) -> None:
        """Keep the reason out of the page: it tells an attacker more than the voter."""
        super().__init__()
        self.reason = reason


@dataclass(frozen=True)
class Person:
    """A voter the provider vouches for; never printed."""

    issuer: str
    subject: str = field(repr=False)
    number: str | None = field(repr=False)
    birth_date: date | None = field(repr=False)
    area: str | None = field(repr=False)
    is_protected: bool = field(repr=False)


@dataclass(frozen=True)
class Colleague:
    """A member of staff the provider vouches for; what they may do is never for it to say."""

    issuer: str
    subject: str = field(repr=False)
    email: str
    shown_at: datetime | None


@dataclass(frozen=True, repr=False)
class Question:
    """What only this browser may answer, kept in its cookie while the person is away.

    ``errand`` is what they came for; ``is_fresh`` says that they must show anew who they are.
    """

    errand: str
    state: str
    nonce: str
    verifier: str
    asked_at: int
    is_fresh: bool = False

    def as_kept(self) -> dict[str, Any]:
        """Return it as the cookie keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class Departure:
    """Where the person is sent, and what to remember until they come back."""

    address: str
    question: Question = field(repr=False)


class Adapter(Protocol[Who]):
    """Somebody the municipality trusts to say who a person is."""

    @property
    def name(self) -> str:
        """What people call it."""

    def depart(self, errand: str, *, back_to: str, now: datetime) -> Departure:
        """Make up a question and the address that asks it."""

    def depart_afresh(self, errand: str, *, back_to: str, now: datetime) -> Departure:
        """Ask such that a person who is already signed in there must show who they are again."""

    def come_back(
        self, question: Question, *, answer: Mapping[str, str], back_to: str, now: datetime
    ) -> Who:
        """Return who it is, or refuse; a question is answered once."""


def question_of(kept: object) -> Question | None:
    """Return the question a cookie kept; None where it kept none."""
    if not isinstance(kept, Mapping):
        return None
    try:
        return Question(**kept)
    except TypeError:
        return None
