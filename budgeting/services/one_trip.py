"""Writes that need no answer go to the database's server together, in one trip.

Each trip costs two processes a wake-up, and whoever has a box's turn keeps all others waiting.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session


@contextmanager
def writes(session: Session) -> Iterator[None]:
    """Hold back what is written in here and send it at the end; an error comes at the end too.

    Nothing may be read in here. SQLite has no server: there each write is done at once.
    """
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        yield
        return
    driver: Any = connection.connection.driver_connection
    with driver.pipeline():
        yield
