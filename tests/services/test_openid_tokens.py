"""The provider's word is believed only when all of it holds; each way to be wrong is refused."""

import base64
import json
from datetime import UTC, datetime

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from budgeting.services import openid_tokens
from budgeting.services.identity import NotBelieved
from budgeting.services.openid_tokens import Expected

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
ISSUER = "https://broker.example.org"
EXPECTED = Expected(ISSUER, "borgerbudget", "en-nonce", NOW)
RSA = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
OTHER = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
CURVE = ECKey.generate_key("P-256", {"kid": "k2"})
KEYS = KeySet([RSAKey.import_key(RSA.as_dict(private=False)), CURVE])
CLAIMS = {
    "iss": ISSUER,
    "aud": "borgerbudget",
    "sub": "nina",
    "nonce": "en-nonce",
    "iat": SECONDS - 5,
    "exp": SECONDS + 300,
}


def token(claims=None, *, key=RSA, alg="RS256", kid="k1", without=()):
    said = {**CLAIMS, **(claims or {})}
    said = {name: value for name, value in said.items() if name not in without}
    return jwt.encode({"alg": alg, "kid": kid}, said, key, algorithms=[alg])


def read(text):
    return openid_tokens.read(text, KEYS, EXPECTED)


def by_hand(header, claims=None, signature=b""):
    parts = (json.dumps(header).encode(), json.dumps(claims or CLAIMS).encode(), signature)
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def with_shared_secret():
    """The old trick: the public key, which all know, used as a shared secret."""
    public = RSAKey.import_key(RSA.as_dict(private=False)).as_pem()
    return token(key=OctKey.import_key(base64.b64encode(public)), alg="HS256")


def changed_afterwards():
    head, _body, signature = token().split(".")
    body = base64.urlsafe_b64encode(json.dumps({**CLAIMS, "sub": "en anden"}).encode())
    return f"{head}.{body.rstrip(b'=').decode()}.{signature}"


@pytest.mark.parametrize(
    "good",
    [
        token(),
        token(key=CURVE, alg="ES256", kid="k2"),
        token(alg="PS256"),
        token({"aud": ["borgerbudget"]}),
        token({"aud": ["borgerbudget", "en anden"], "azp": "borgerbudget"}),
        token({"exp": SECONDS - 30}),
        token({"nbf": SECONDS + 30}),
    ],
)
def test_a_sound_word_is_believed(good):
    assert read(good)["sub"] == "nina"


REFUSED = {
    "another audience": token({"aud": "en anden"}),
    "another audience in a list": token({"aud": ["en anden"]}),
    "no audience": token(without=["aud"]),
    "several audiences and nobody authorized": token({"aud": ["borgerbudget", "en anden"]}),
    "another authorized party": token({"azp": "en anden"}),
    "another issuer": token({"iss": "https://andre.example.org"}),
    "an issuer that begins the same": token({"iss": f"{ISSUER}.andre.example"}),
    "no issuer": token(without=["iss"]),
    "another nonce": token({"nonce": "en anden"}),
    "no nonce": token(without=["nonce"]),
    "a nonce that is no text": token({"nonce": 7}),
    "expired": token({"exp": SECONDS - 61}),
    "no end": token(without=["exp"]),
    "an end that is no time": token({"exp": "i morgen"}),
    "not yet valid": token({"nbf": SECONDS + 61}),
    "issued in the future": token({"iat": SECONDS + 61}),
    "issued too long ago": token({"iat": SECONDS - 601}),
    "no time of issue": token(without=["iat"]),
    "nobody": token(without=["sub"]),
    "unsigned": by_hand({"alg": "RS256", "kid": "k1"}),
    "alg none": by_hand({"alg": "none"}),
    "alg None, spelled otherwise": by_hand({"alg": "NoNe", "kid": "k1"}),
    "a shared secret": with_shared_secret(),
    "another key of the same name": token(key=OTHER),
    "a key that is not the provider's": token(key=OTHER, kid="k9"),
    "a weaker hash": token(alg="RS512"),
    "changed afterwards": changed_afterwards(),
    "cut short": token()[:-10],
    "two parts": token().rpartition(".")[0],
    "not a token": "hej",
    "empty": "",
    "none at all": None,
    "a list": [token()],
}


@pytest.mark.parametrize("wrong", REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_hold_is_refused(wrong):
    with pytest.raises(NotBelieved):
        read(wrong)


def test_the_page_is_not_told_what_was_wrong():
    with pytest.raises(NotBelieved) as refused:
        read(REFUSED["another nonce"])

    assert refused.value.reason == "another nonce"
    assert "nonce" not in str(refused.value)
