"""Runs the migrations on the app's own database, in one transaction."""

from typing import Any, Literal

from alembic import context
from flask import current_app

from budgeting.models import Base
from budgeting.models.base import Choice, UtcDateTime


def written_plainly(kind: str, thing: Any, autogen: Any) -> str | Literal[False]:
    """Write our own column types as the plain ones below them: a migration stands alone."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Choice):
        return "sa.String(length=40)"
    return False


def migrate() -> None:
    """Bring the database to the newest form."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            render_item=written_plainly,
            compare_type=False,
        )
        with context.begin_transaction():
            context.run_migrations()


migrate()
