"""What a mail needs to know: our address as it is seen from outside, and whose name it bears."""

from flask import current_app
from sqlalchemy import select

from budgeting.extensions import db
from budgeting.models import Municipality


def outside(path: str) -> str:
    """Return the whole address of one of our own paths."""
    return f"{current_app.config['PUBLIC_ADDRESS'].rstrip('/')}{path}"


def sender() -> str:
    """Return the name of the municipality."""
    return db.session.scalar(select(Municipality.name)) or "Borgerbudget"
