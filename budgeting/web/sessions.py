"""Opening and closing a signed-in session; nothing of an earlier one is carried along."""

from flask import session
from flask_login import login_user, logout_user

from budgeting.models import Account


def begin(account: Account) -> None:
    """Start a fresh session for a person; what the cookie held before is forgotten."""
    session.clear()
    login_user(account)


def end() -> None:
    """Forget who was signed in, and an open booth too."""
    logout_user()
    session.clear()
