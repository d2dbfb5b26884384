"""Reads the provider's word on who somebody is (an ID token), and believes it only when all holds.

OpenID Connect Core 1.0, section 3.1.3.7: signature, issuer, audience, times, nonce.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

# Only signatures by a key of the provider's own; never "none", never a shared secret.
ALGORITHMS = ("RS256", "PS256", "ES256")
LEEWAY_SECONDS = 60
OLDEST_SECONDS = 600


class NotBelieved(Refusal):
    """Something in the answer does not hold; what it is stands in `reason`, for the log."""

    message = N_("Vi kunne ikke stole på svaret fra login. Prøv igen, eller ring til kommunen.")

    def __init__(self, reason: str) -> None:
        """Keep the reason out of the page: it tells an attacker more than the voter."""
        super().__init__()
        self.reason = reason


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
