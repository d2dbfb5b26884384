"""One deed, one transaction: everything a deed changes becomes true together or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from budgeting.extensions import db
from budgeting.refusals import EditedMeanwhile
from budgeting.services import writers_queue


@contextmanager
def deed() -> Iterator[Session]:
    """Open a transaction that writes, commit it at the end, undo it on any error.

    What was read before is read again inside: the deed sees the present. On SQLite the
    transaction takes the writer's place at once, so that no deed fails half way through
    because another one was writing. A row changed by somebody else since it was read
    inside raises EditedMeanwhile.
    """
    session: Any = db.session
    session.rollback()
    with writers_queue.turn(db.engine):
        session.connection(execution_options={"is_deed": True})
        try:
            yield session
            session.commit()
        except StaleDataError as stale:
            session.rollback()
            raise EditedMeanwhile() from stale
        except BaseException:
            session.rollback()
            raise


def refuse_if_edited(row: Any, seen_version: int) -> None:
    """Refuse to overwrite a row that was saved after the writer's page was opened."""
    if row.version != seen_version:
        raise EditedMeanwhile()
