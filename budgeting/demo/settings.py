"""The demo's own settings: a database, a mailbox and a clock that belong to it alone."""

from typing import Any

from budgeting.config import INSTANCE

DATABASE = INSTANCE / "demo.sqlite"


def settings(port: int = 5000) -> dict[str, Any]:
    """Return what differs from the defaults; every file lies in the instance folder."""
    return {
        "DEMO": True,
        "DATABASE_URL": f"sqlite:///{DATABASE}",
        "CLOCK_OFFSET_FILE": str(INSTANCE / "demo-clock"),
        "MAIL_FOLDER": str(INSTANCE / "demo-mail"),
        "BOARD_SIGNING_KEY_FILE": str(INSTANCE / "demo-board_signing_key"),
        "AUDIT_LINKS_FILE": str(INSTANCE / "demo-audit_links"),
        "SECURE_COOKIES": False,
        "STAFF_SECOND_FACTOR": False,
        "REAUTHENTICATION_MINUTES": 0,
        "PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
    }
