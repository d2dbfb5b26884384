"""From the provider's claims to a person of the house: a voter, or a member of the staff."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from budgeting.refusals import Refusal
from budgeting.services import openid_tokens
from budgeting.services.identity import Colleague, Person
from budgeting.services.openid_provider import Provider
from budgeting.vocabulary import N_

LONGEST_SUBJECT = 255
YES = frozenset({"true", "1", "yes", "ja"})


class ClaimMissing(Refusal):
    """The provider does not say what the rulebook must know."""

    message = N_("Login fortalte os ikke alt, hvad vi skal vide. Ring til kommunen, så hjælper vi.")


class ClaimUnreadable(Refusal):
    """The provider says it in a way we cannot read."""

    message = N_("Vi kunne ikke læse svaret fra login. Ring til kommunen, så hjælper vi.")


class LivesElsewhere(Refusal):
    """The person lives in another municipality."""

    message = N_(
        "Efter det, login fortæller, bor du i en anden kommune. Kun folk herfra kan stemme."
    )


class OneFactorOnly(Refusal):
    """The provider let the person in by a password alone, or does not say."""

    message = N_(
        "Dit login brugte ikke to trin. Log ind der, hvor du også bruger din telefon eller et kort."
    )


class AddressNotVerified(Refusal):
    """The provider does not vouch for the mail address."""

    message = N_("Login kunne ikke bekræfte din mailadresse. Spørg den, der driver jeres login.")


def person_of(claims: Mapping[str, Any], provider: Provider) -> Person:
    """Return the person behind the claims; only where the municipality is asked is it checked."""
    names = provider.claims
    if names.municipality:
        _refuse_elsewhere(_needed(claims, names.municipality), provider)
    area = _text(claims, names.area)
    return Person(
        issuer=provider.issuer,
        subject=_needed(claims, names.subject),
        number=_text(claims, names.number),
        birth_date=_birth_date(_needed(claims, names.birth_date)),
        area=provider.areas.get(area, area) if area else None,
        is_protected=(_text(claims, names.protected) or "").lower() in YES,
    )


def colleague_of(claims: Mapping[str, Any], provider: Provider) -> Colleague:
    """Return the member of staff behind the claims, who showed two factors."""
    _refuse_one_factor(claims, provider)
    if provider.asks_if_email_is_verified and claims.get("email_verified") is not True:
        raise AddressNotVerified()
    return Colleague(
        issuer=provider.issuer,
        subject=_needed(claims, provider.claims.subject),
        email=_needed(claims, provider.claims.email),
        shown_at=openid_tokens.shown_at(claims),
    )


def _refuse_one_factor(claims: Mapping[str, Any], provider: Provider) -> None:
    """Believe in a second factor only where the token says so in the file's words."""
    methods = claims.get("amr")
    by_method = isinstance(methods, list) and any(
        isinstance(one, str) and one in provider.amr for one in methods
    )
    level = claims.get("acr")
    if not by_method and not (isinstance(level, str) and level in provider.acr):
        raise OneFactorOnly()


def _refuse_elsewhere(code: str, provider: Provider) -> None:
    if code.lstrip("0") not in {known.lstrip("0") for known in provider.municipality_codes}:
        raise LivesElsewhere()


def _needed(claims: Mapping[str, Any], name: str) -> str:
    text = _text(claims, name)
    if text is None:
        raise ClaimMissing()
    return text


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    """Return a claim as text; numbers and yes or no are written out, lists are not read."""
    value = claims.get(name) if name else None
    if value is None or value == "":
        return None
    if not isinstance(value, str | int | bool) or len(str(value)) > LONGEST_SUBJECT:
        raise ClaimUnreadable()
    return str(value).strip() or None


def _birth_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ClaimUnreadable() from None
