"""Every setting with its default and its reason; each may be set in the environment."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"

DEFAULTS: dict[str, Any] = {
    # Where everything is kept; out of the box a file, for a town a PostgreSQL server.
    "DATABASE_URL": f"sqlite:///{INSTANCE / 'borgerbudget.sqlite'}",
    # Signs cookies and forms; made at first start in the instance folder when not given.
    "SECRET_KEY": "",
    # Signs the public board, as 64 hexadecimal digits; made at first use like the secret key.
    "BOARD_SIGNING_KEY": "",
    # The file the board's key is kept in where it is not given; several machines share one key.
    "BOARD_SIGNING_KEY_FILE": str(INSTANCE / "board_signing_key"),
    # How many minutes go between two signed heads of a growing board.
    "BOARD_HEAD_MINUTES": 10,
    # Where links of the log of deeds are kept outside the database, so that cutting it short shows.
    "AUDIT_LINKS_FILE": str(INSTANCE / "audit_links"),
    # Where the files with a whole published result are kept once they have been made.
    "BUNDLE_FOLDER": str(INSTANCE / "bundles"),
    # The made-up municipality with one-click sign-ins; never where real votes are cast.
    "DEMO": False,
    # The file that shifts the clock, so that a demo can show a later phase.
    "CLOCK_OFFSET_FILE": "",
    # Cookies only over TLS; switched off for a demo on one's own machine.
    "SECURE_COOKIES": True,
    # How many proxies in front are believed about the visitor's address and TLS.
    "TRUSTED_PROXIES": 0,
    # The address that stands in mails and letters, without a slash at the end.
    "PUBLIC_ADDRESS": "http://127.0.0.1:5000",
    # The mail server as host:port; empty puts each mail as a file in MAIL_FOLDER.
    "MAIL_SERVER": "",
    # The folder mails are put in where there is no mail server.
    "MAIL_FOLDER": str(INSTANCE / "mail"),
    # Who the mails come from.
    "MAIL_FROM": "borgerbudget@example.org",
    # How many minutes a mailed sign-in link is good for.
    "SIGN_IN_LINK_MINUTES": 30,
    # Staff show a code from their telephone beside the password; off only where nothing is real.
    "STAFF_SECOND_FACTOR": True,
    # How long ago staff may have shown who they are before what cannot be undone; 0 asks never.
    "REAUTHENTICATION_MINUTES": 10,
    # How many hours staff stay signed in: a working day.
    "STAFF_SIGN_IN_HOURS": 12,
    # How many hours a citizen stays signed in: a month, for a proposal takes time.
    "CITIZEN_SIGN_IN_HOURS": 720,
    # How many hours a mailed link to choose a password is good for.
    "PASSWORD_LINK_HOURS": 72,
    # The file that says whom to trust for signing in voters with MitID; without it there is none.
    "OPENID_FILE": str(INSTANCE / "openid.toml"),
    # The secret shared with that provider, where it does not stand in the file.
    "OPENID_CLIENT_SECRET": "",
    # The file that says whom to trust for signing in staff; without it: password and telephone.
    "STAFF_OPENID_FILE": str(INSTANCE / "staff_openid.toml"),
    # The secret shared with the staff's provider, where it does not stand in the file.
    "STAFF_OPENID_CLIENT_SECRET": "",
    # How many minutes a voter's booth stays open without a sign of life.
    "BOOTH_MINUTES": 30,
    # argon2id passes over memory; the work a guesser must repeat for each guess.
    "ARGON2_TIME_COST": 3,
    # argon2id memory in KiB; what makes guessing dear on special machines.
    "ARGON2_MEMORY_KIB": 65536,
    # The largest form or file taken in, in bytes, so that memory stays bounded.
    "MAX_UPLOAD_BYTES": 4 * 1024 * 1024,
    # The largest file with a voter roll, in bytes: 100,000 people with addresses.
    "ROLL_UPLOAD_BYTES": 32 * 1024 * 1024,
}

DEMO_SECRET = "demo-secret-not-for-real-votes"  # noqa: S105 - refused outside the demo


def settings(given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return every setting: what is given, else the environment, else the default."""
    known = {name: _from_environment(name, default) for name, default in DEFAULTS.items()}
    return known | dict(given or {})


def _from_environment(name: str, default: Any) -> Any:
    text = os.environ.get(name)
    if text is None:
        return default
    if isinstance(default, bool):
        return text.strip().lower() in {"1", "true", "yes", "ja"}
    return int(text) if isinstance(default, int) else text


def flask_settings(known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings as Flask and its extensions name them."""
    return dict(known) | {
        "SQLALCHEMY_DATABASE_URI": known["DATABASE_URL"],
        "SESSION_COOKIE_NAME": "borgerbudget",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": known["SECURE_COOKIES"],
        "MAX_CONTENT_LENGTH": known["MAX_UPLOAD_BYTES"],
        "MAX_FORM_MEMORY_SIZE": known["MAX_UPLOAD_BYTES"],
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "da",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Copenhagen",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "budgeting" / "translations"),
    }
