"""Reads the provider's word on who somebody is (an ID token), and believes it only when all holds.

OpenID Connect Core 1.0, section 3.1.3.7: signature, issuer, audience, times, nonce.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from budgeting.services.identity import NotBelieved

# Only signatures by a key of the provider's own; never "none", never a shared secret.
ALGORITHMS = ("RS256", "PS256", "ES256")
LEEWAY_SECONDS = 60
OLDEST_SECONDS = 600


@dataclass(frozen=True)
class Expected:
    """What the token must say to be meant for us, now, in answer to our question."""

    issuer: str
    client_id: str
    nonce: str
    now: datetime


def read(token: object, keys: KeySet, expected: Expected) -> dict[str, Any]:
    """Return what the token says, or raise NotBelieved with the reason."""
    if not isinstance(token, str) or not token:
        raise NotBelieved("no ID token")
    try:
        found = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
        _registry(expected).validate(found.claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotBelieved(type(error).__name__) from error
    _check_rest(found.claims, expected)
    return found.claims


def shown_at(claims: Mapping[str, Any]) -> datetime | None:
    """Return when the person last showed who they are, where the provider says it."""
    seconds = claims.get("auth_time")
    if seconds is None:
        return None
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        raise NotBelieved("an auth_time that is no time")
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        raise NotBelieved("an auth_time that is no time") from None


def refuse_not_shown_since(claims: Mapping[str, Any], asked_at: int) -> None:
    """Refuse a person who was let through on an earlier sign-in, where they were asked anew."""
    at = shown_at(claims)
    if at is None:
        raise NotBelieved("no auth_time")
    if at.timestamp() < asked_at - LEEWAY_SECONDS:
        raise NotBelieved("did not show anew who they are")


def _registry(expected: Expected) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(expected.now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": expected.issuer},
        aud={"essential": True, "value": expected.client_id},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )


def _check_rest(claims: dict[str, Any], expected: Expected) -> None:
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(
        nonce.encode(), expected.nonce.encode()
    ):
        raise NotBelieved("another nonce")
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and "azp" not in claims:
        raise NotBelieved("several audiences and no authorized party")
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise NotBelieved("another authorized party")
    if expected.now.timestamp() - claims["iat"] > OLDEST_SECONDS:
        raise NotBelieved("issued too long ago")
