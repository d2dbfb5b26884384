"""The demo's own settings: a database, a mailbox and a clock that belong to it alone."""

from typing import Any

from budgeting.config import INSTANCE
from budgeting.demo import texts

DATABASE = INSTANCE / "demo.sqlite"
OPENID_FILE = INSTANCE / "demo-openid.toml"


def settings(port: int = 5000) -> dict[str, Any]:
    """Return what differs from the defaults; every file lies in the instance folder."""
    return {
        "DEMO": True,
        "DATABASE_URL": f"sqlite:///{DATABASE}",
        "CLOCK_OFFSET_FILE": str(INSTANCE / "demo-clock"),
        "MAIL_FOLDER": str(INSTANCE / "demo-mail"),
        "BOARD_SIGNING_KEY_FILE": str(INSTANCE / "demo-board_signing_key"),
        "AUDIT_LINKS_FILE": str(INSTANCE / "demo-audit_links"),
        "OPENID_FILE": str(OPENID_FILE),
        "SECURE_COOKIES": False,
        "STAFF_SECOND_FACTOR": False,
        "REAUTHENTICATION_MINUTES": 0,
        "PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
    }


def told_of_provider(address: str) -> str:
    """Return the file in which the demo says that it trusts its own stand-in for MitID."""
    words = (texts.CONTENT / "openid.toml").read_text(encoding="utf-8")
    return f'issuer = "{address}/demo/mitid"\n{words}'
