"""OpenID Connect in the seat of identity.py: for voters, and for the municipality's own staff.

What speaks with the provider weighs 15 MB, so it is loaded when somebody first goes there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from budgeting.services import openid_provider
from budgeting.services.identity import Adapter, Colleague, Departure, Person, Question, Who
from budgeting.services.openid_provider import Provider

# Reads what a believed token says, as the provider's file has named its claims.
Reader = Callable[[Mapping[str, Any], Provider], Who]


@dataclass(frozen=True)
class OpenId(Generic[Who]):
    """A provider, and how its word is read."""

    provider: Provider
    read: Reader[Who]

    @property
    def name(self) -> str:
        """What people call it."""
        return self.provider.name

    def depart(self, errand: str, *, back_to: str, now: datetime) -> Departure:
        """Make up a question and the address that asks it."""
        from budgeting.services import openid_journey

        question = openid_journey.ask(errand, now)
        return openid_journey.depart(self.provider, question, back_to=back_to)

    def depart_afresh(self, errand: str, *, back_to: str, now: datetime) -> Departure:
        """Ask such that a person who is signed in there must show again who they are."""
        from budgeting.services import openid_journey

        question = openid_journey.ask_afresh(errand, now)
        return openid_journey.depart(self.provider, question, back_to=back_to)

    def come_back(
        self, question: Question, *, answer: Mapping[str, str], back_to: str, now: datetime
    ) -> Who:
        """Return who it is, or refuse; a question is answered once."""
        from budgeting.services import openid_journey

        claims = openid_journey.come_back(
            self.provider, question, answer=answer, back_to=back_to, now=now
        )
        return self.read(claims, self.provider)


def for_voters() -> Adapter[Person] | None:
    """Return whom voters come in with; None where the municipality has nobody."""
    provider = openid_provider.find_for_voters()
    return OpenId(provider, _person_of) if provider else None


def for_staff() -> Adapter[Colleague] | None:
    """Return whom staff may sign in with; None where it is password and telephone only."""
    provider = openid_provider.find_for_staff()
    return OpenId(provider, _colleague_of) if provider else None


def name_for_staff() -> str:
    """Return what the municipality's own sign-in is called; nothing where there is none."""
    adapter = for_staff()
    return adapter.name if adapter else ""


def _person_of(claims: Mapping[str, Any], provider: Provider) -> Person:
    from budgeting.services import openid_claims

    return openid_claims.person_of(claims, provider)


def _colleague_of(claims: Mapping[str, Any], provider: Provider) -> Colleague:
    from budgeting.services import openid_claims

    return openid_claims.colleague_of(claims, provider)
