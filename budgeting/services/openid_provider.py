"""The sign-in provider (MitID through a broker) as the municipality has written it in a file.

issuer = "https://broker.example.org"
client_id = "borgerbudget"
client_secret = "..."              # or OPENID_CLIENT_SECRET in the environment
scope = "openid"
name = "MitID"

[claims]                           # what the provider calls what we need to know
subject = "sub"                    # who it is, the same every time
number = "cpr"                     # optional: what the voter roll knows the person by
birth_date = "birthdate"
municipality = "municipality_code"
area = "district"                  # optional
protected = "address_protected"    # optional

[municipality]
codes = ["101"]                    # what the claim says of people who live here

[areas]                            # optional: from the provider's words to the round's
"Indre By" = "Nordby"

The staff's own sign-in has a file of the same kind (STAFF_OPENID_FILE) with two claims, and what
proves a second factor, which is always demanded:

[claims]
subject = "sub"
email = "email"

[second_factor]
acr = ["urn:example:two-factors"]  # one of these, or one of amr
amr = ["mfa"]

[email]
verified = true                    # false only where nobody can choose their own address there
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
USUAL_NAME = "MitID"


class UnsoundProvider(RuntimeError):
    """The file about the sign-in provider cannot be used; the operator must mend it."""


@dataclass(frozen=True, kw_only=True)
class ClaimNames:
    """What the provider calls what we need to know; empty where it does not say."""

    subject: str = "sub"
    number: str = ""
    birth_date: str = "birthdate"
    municipality: str = ""
    area: str = ""
    protected: str = ""
    email: str = "email"


@dataclass(frozen=True, kw_only=True)
class Provider:
    """Whom we trust to say who somebody is, and how its words are read."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = "openid"
    name: str = USUAL_NAME
    claims: ClaimNames = field(default_factory=ClaimNames)
    municipality_codes: frozenset[str] = frozenset()
    areas: Mapping[str, str] = field(default_factory=dict)
    acr: frozenset[str] = frozenset()
    amr: frozenset[str] = frozenset()
    asks_if_email_is_verified: bool = True


def find_for_voters() -> Provider | None:
    """Return the voters' provider, or None where the municipality has none."""
    return _find("OPENID_FILE", "OPENID_CLIENT_SECRET")


def find_for_staff() -> Provider | None:
    """Return the staff's provider, or None; one that cannot prove a second factor is unsound."""
    found = _find("STAFF_OPENID_FILE", "STAFF_OPENID_CLIENT_SECRET")
    if found is not None and not found.acr | found.amr:
        raise UnsoundProvider("STAFF_OPENID_FILE must say what proves a second factor")
    return found


def _find(file_setting: str, secret_setting: str) -> Provider | None:
    file = Path(current_app.config[file_setting])
    if not file.is_file():
        return None
    return read(file.read_text(encoding="utf-8"), secret=current_app.config[secret_setting])


def read(text: str, *, secret: str = "") -> Provider:
    """Read the file; a secret from the environment goes before the one in it."""
    try:
        content = tomllib.loads(text)
        return Provider(
            issuer=_sound_issuer(content["issuer"]),
            client_id=content["client_id"],
            client_secret=secret or content.get("client_secret", ""),
            scope=content.get("scope", "openid"),
            name=content.get("name", USUAL_NAME),
            claims=ClaimNames(**content.get("claims", {})),
            municipality_codes=_codes(content),
            areas=content.get("areas", {}),
            acr=_words(content, "acr"),
            amr=_words(content, "amr"),
            asks_if_email_is_verified=content.get("email", {}).get("verified", True) is not False,
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise UnsoundProvider(
            f"The file about the sign-in provider cannot be read: {error}"
        ) from error


def _sound_issuer(issuer: str) -> str:
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise UnsoundProvider("The issuer of the sign-in provider must begin with https://")
    return issuer


def _codes(content: dict[str, Any]) -> frozenset[str]:
    codes = frozenset(str(code) for code in content.get("municipality", {}).get("codes", ()))
    if content.get("claims", {}).get("municipality") and not codes:
        raise UnsoundProvider("OPENID_FILE must say which municipality codes live here")
    return codes


def _words(content: dict[str, Any], name: str) -> frozenset[str]:
    found = content.get("second_factor", {}).get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
        raise UnsoundProvider(f"{name} in the file must be a list of words")
    return frozenset(found)
