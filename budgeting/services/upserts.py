"""Insert what may already be there: the same words for SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from budgeting.models import Base


def insert_into(session: Session, row: type[Base]) -> Any:
    """Return the database's own INSERT, which knows ON CONFLICT."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return (postgresql if is_postgresql else sqlite).insert(row)


def add_unless_there(session: Session, row: type[Base], **values: object) -> None:
    """Add the row; where another one has its key, leave that one as it is."""
    session.execute(insert_into(session, row).values(**values).on_conflict_do_nothing())


def add_or_replace(
    session: Session, row: type[Base], *, key: tuple[str, ...], **values: object
) -> None:
    """Add the row, or give the one with the same key these values, in one statement."""
    changed = {name: value for name, value in values.items() if name not in key}
    insert = insert_into(session, row).values(**values)
    session.execute(insert.on_conflict_do_update(index_elements=key, set_=changed))
