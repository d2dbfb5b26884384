"""Insert what may already be there: the same words for SQLite and PostgreSQL."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from budgeting.models import Base


def add_unless_there(session: Session, row: type[Base], **values: object) -> None:
    """Add the row; where another one has its key, leave that one as it is."""
    insert = _insert(session.get_bind().dialect.name, row)
    session.execute(insert.values(**values).on_conflict_do_nothing())


def add_or_replace(
    session: Session, row: type[Base], *, key: tuple[str, ...], **values: object
) -> None:
    """Add the row, or give the one with the same key these values, in one statement."""
    session.flush()
    name = session.get_bind().dialect.name
    session.connection().execute(_adding_or_replacing(name, row, key, tuple(values)), values)


@cache
def _adding_or_replacing(
    dialect: str, row: type[Base], key: tuple[str, ...], names: tuple[str, ...]
) -> Any:
    insert = _insert(dialect, row).values({name: bindparam(name) for name in names})
    changed = {name: insert.excluded[name] for name in names if name not in key}
    return insert.on_conflict_do_update(index_elements=key, set_=changed)


def _insert(dialect: str, row: type[Base]) -> Any:
    """Return the database's own INSERT, which knows ON CONFLICT."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(row)
