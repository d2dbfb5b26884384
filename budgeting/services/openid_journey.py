"""There and back again to the sign-in provider: the question we ask, and how its answer is fetched.

Authorization code with PKCE (RFC 7636, S256), state and nonce; the answer is read by openid_tokens.
"""

import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from budgeting.services import openid_tokens
from budgeting.services.identity import (
    Departure,
    NotBelieved,
    ProviderRefused,
    ProviderSilent,
    Question,
)
from budgeting.services.openid_provider import Provider
from budgeting.services.openid_tokens import Expected

METADATA = "/.well-known/openid-configuration"
SECONDS_TO_ANSWER = 10
SECONDS_KEPT = 300
SECONDS_FOR_JOURNEY = 900

_kept: dict[str, tuple[float, dict[str, Any]]] = {}


def ask(errand: str, now: datetime) -> Question:
    """Make up a question that only this browser may answer."""
    return Question(
        errand=errand,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        asked_at=int(now.timestamp()),
    )


def ask_afresh(errand: str, now: datetime) -> Question:
    """Make up a question that is answered only by showing anew who one is."""
    return replace(ask(errand, now), is_fresh=True)


def depart(provider: Provider, question: Question, *, back_to: str) -> Departure:
    """Return the address that asks the question."""
    asked = {"acr_values": " ".join(sorted(provider.acr))} if provider.acr else {}
    if question.is_fresh:
        asked |= {"prompt": "login", "max_age": "0"}
    with _client(provider, back_to) as client:
        metadata = _metadata(provider, client)
        address, _state = client.create_authorization_url(
            metadata["authorization_endpoint"],
            state=question.state,
            nonce=question.nonce,
            code_verifier=question.verifier,
            **asked,
        )
    return Departure(address, question)


def come_back(
    provider: Provider,
    question: Question,
    *,
    answer: Mapping[str, str],
    back_to: str,
    now: datetime,
) -> dict[str, Any]:
    """Return what the provider says of the person, or refuse; a question is answered once."""
    _check_answer(provider, question, answer, now)
    with _client(provider, back_to) as client:
        metadata = _metadata(provider, client)
        try:
            token = client.fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=answer["code"],
                code_verifier=question.verifier,
                timeout=SECONDS_TO_ANSWER,
            )
        except AuthlibBaseError as error:
            raise NotBelieved("the code was refused") from error
        except (RequestException, ValueError, KeyError, TypeError) as error:
            raise ProviderSilent() from error
        expected = Expected(provider.issuer, provider.client_id, question.nonce, now)
        claims = openid_tokens.read(token.get("id_token"), _keys(metadata, client), expected)
    if question.is_fresh:
        openid_tokens.refuse_not_shown_since(claims, question.asked_at)
    return claims


def _check_answer(
    provider: Provider, question: Question, answer: Mapping[str, str], now: datetime
) -> None:
    if not hmac.compare_digest(answer.get("state", "").encode(), question.state.encode()):
        raise NotBelieved("another state")
    if now.timestamp() - question.asked_at > SECONDS_FOR_JOURNEY:
        raise NotBelieved("away too long")
    if answer.get("iss", provider.issuer) != provider.issuer:
        raise NotBelieved("another issuer answered")
    if "error" in answer:
        raise ProviderRefused()
    if not answer.get("code"):
        raise NotBelieved("no code")


def _client(provider: Provider, back_to: str) -> OAuth2Session:
    return OAuth2Session(
        provider.client_id,
        provider.client_secret or None,
        scope=provider.scope,
        redirect_uri=back_to,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if provider.client_secret else "none",
    )


def _metadata(provider: Provider, client: OAuth2Session) -> dict[str, Any]:
    """Return the provider's own description, kept for five minutes; it must name itself."""
    kept = _kept.get(provider.issuer)
    if kept is not None and time.monotonic() - kept[0] < SECONDS_KEPT:
        return kept[1]
    metadata = _fetch(client, provider.issuer.rstrip("/") + METADATA)
    if metadata.get("issuer") != provider.issuer:
        raise NotBelieved("the provider names another issuer")
    needed = {"authorization_endpoint", "token_endpoint", "jwks_uri"}
    if not needed <= metadata.keys():
        raise ProviderSilent()
    _kept[provider.issuer] = (time.monotonic(), metadata)
    return metadata


def _keys(metadata: Mapping[str, Any], client: OAuth2Session) -> KeySet:
    """Fetch the provider's keys each time: a key that was taken back is not believed."""
    try:
        return KeySet.import_key_set(_fetch(client, metadata["jwks_uri"]))  # type: ignore[arg-type]
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise ProviderSilent() from error


def _fetch(client: OAuth2Session, address: str) -> dict[str, Any]:
    try:
        answer = client.request("GET", address, withhold_token=True, timeout=SECONDS_TO_ANSWER)
        answer.raise_for_status()
        found = answer.json()
    except (RequestException, ValueError) as error:
        raise ProviderSilent() from error
    if not isinstance(found, dict):
        raise ProviderSilent()
    return found
