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


def find() -> Provider | None:
    """Return the provider, or None where the municipality has none."""
    file = Path(current_app.config["OPENID_FILE"])
    if not file.is_file():
        return None
    return read(file.read_text(encoding="utf-8"), secret=current_app.config["OPENID_CLIENT_SECRET"])


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
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise UnsoundProvider(f"OPENID_FILE cannot be read: {error}") from error


def _sound_issuer(issuer: str) -> str:
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise UnsoundProvider("The issuer in OPENID_FILE must begin with https://")
    return issuer


def _codes(content: dict[str, Any]) -> frozenset[str]:
    codes = frozenset(str(code) for code in content.get("municipality", {}).get("codes", ()))
    if content.get("claims", {}).get("municipality") and not codes:
        raise UnsoundProvider("OPENID_FILE must say which municipality codes live here")
    return codes
