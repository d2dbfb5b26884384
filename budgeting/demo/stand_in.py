"""The demo's stand-in for MitID: a small OpenID provider that believes whoever one says one is.

It asks for no password, so it is served only where DEMO is set. Otherwise it answers as a real
one: authorization code with PKCE, and an ID token signed with a key of its own. A code is a
signed note that lasts a minute, so that no worker must remember it.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from joserfc import jwt
from joserfc.jwk import ECKey

from budgeting.demo import texts

ALGORITHM = "ES256"
KEY_ID = "demo"
CODE_LASTS_SECONDS = 60
TOKEN_LASTS = timedelta(minutes=5)
DAYS_IN_A_YEAR = 365.25
SINCE_BIRTHDAY = timedelta(days=40)
HOME = "901"


class NotAnswered(Exception):
    """The question is not one this provider answers."""


@dataclass(frozen=True)
class Question:
    """What a house asks on somebody's behalf."""

    client_id: str
    redirect_uri: str
    state: str
    nonce: str
    challenge: str


@dataclass(frozen=True)
class Person:
    """Somebody one can be."""

    key: str
    name: str
    story: str
    claims: Mapping[str, Any] = field(repr=False)


def people(now: datetime) -> list[Person]:
    """Return everyone one can be at the voters' door."""
    return [_person(one, now) for one in texts.read("mitid")["people"]]


def birth_date(words: Mapping[str, Any], now: datetime) -> date:
    """Return a birth date that makes the person as old as the content says."""
    return (now - SINCE_BIRTHDAY - timedelta(days=int(words["age"] * DAYS_IN_A_YEAR))).date()


def read_question(asked: Mapping[str, str], *, back_to: str) -> Question:
    """Return the question, or refuse one that is not from this house or has no challenge."""
    client = texts.read("openid")["client_id"]
    sound = (
        asked.get("client_id") == client
        and asked.get("redirect_uri") == back_to
        and asked.get("response_type") == "code"
        and asked.get("code_challenge_method") == "S256"
        and all(asked.get(name) for name in ("state", "nonce", "code_challenge"))
    )
    if not sound:
        raise NotAnswered()
    return Question(client, back_to, asked["state"], asked["nonce"], asked["code_challenge"])


def make_code(question: Question, key: str) -> str:
    """Return what the person carries back: it says who they are, and to which question."""
    return _notes().dumps({"question": asdict(question), "key": key})


def make_token(form: Mapping[str, str], secret: str, *, issuer: str, now: datetime) -> str:
    """Return the ID token that a code is worth, to whoever asked the question."""
    try:
        note = _notes().loads(form.get("code", ""), max_age=CODE_LASTS_SECONDS)
    except BadData:
        raise NotAnswered() from None
    question = Question(**note["question"])
    challenge = _challenge(form.get("code_verifier", ""))
    if not hmac.compare_digest(challenge, question.challenge):
        raise NotAnswered()
    if secret != texts.read("openid")["client_secret"]:
        raise NotAnswered()
    person = next(one for one in people(now) if one.key == note["key"])
    said = {
        "iss": issuer,
        "aud": question.client_id,
        "nonce": question.nonce,
        "iat": int(now.timestamp()),
        "exp": int((now + TOKEN_LASTS).timestamp()),
    }
    return jwt.encode({"alg": ALGORITHM, "kid": KEY_ID}, said | dict(person.claims), _key())


def public_keys() -> dict[str, Any]:
    """Return the key set the house checks tokens with."""
    return {"keys": [_key().as_dict(private=False)]}


def _person(words: Mapping[str, Any], now: datetime) -> Person:
    claims = {
        "sub": f"demo-{words['key']}",
        "borgernummer": words["number"],
        "birthdate": birth_date(words, now).isoformat(),
        "kommunekode": words.get("municipality", HOME),
        "bydel": words.get("area", ""),
        "beskyttet": words.get("protected", False),
    }
    return Person(words["key"], words["name"], words["story"], claims)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _notes() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="the demo's sign-in codes")


def _key() -> ECKey:
    """Return the signing key, made from the server's own secret so that all workers share it."""
    seed = hmac.digest(current_app.config["SECRET_KEY"].encode(), b"demo sign-in key", "sha256")
    private = ec.derive_private_key(int.from_bytes(seed[:31], "big") + 1, ec.SECP256R1())
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return ECKey.import_key(pem, {"kid": KEY_ID, "use": "sig", "alg": ALGORITHM})
