"""Lays a planned roll ready beside the roll, some lines at a time, and takes it away again.

Each piece is a short deed of its own, so that a voter who hands in a ballot meanwhile waits for
one piece and not for a town. Nobody sees what lies here; `roll_switch` makes it true at once.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from sqlalchemy import ColumnElement, delete, exists, insert, select
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import Job, StagedLine
from budgeting.services import transaction
from budgeting.vocabulary import JobState

LINES_AT_A_TIME = 1_000
Line = dict[str, object]


def lay(
    job_id: int, batch: str, lines: Iterator[Line], tell: Callable[[Session, int], None]
) -> int:
    """Lay the lines ready; `tell` hears inside each deed how many lie there. Return how many."""
    laid = 0
    while piece := [{"job_id": job_id, "batch": batch} | line for line in _some(lines)]:
        with transaction.deed() as session:
            session.execute(insert(StagedLine), piece)
            laid += len(piece)
            tell(session, laid)
    return laid


def take_away(job_id: int, batch: str) -> None:
    """Take away what one attempt laid ready."""
    _take_away(StagedLine.job_id == job_id, StagedLine.batch == batch)


def take_away_others(job_id: int, batch: str) -> None:
    """Take away what other attempts laid ready for the job: whoever made them is overtaken."""
    _take_away(StagedLine.job_id == job_id, StagedLine.batch != batch)


def forget_left_behind() -> None:
    """Take away what was laid ready by a worker that died, for a job that is no more."""
    written_now = exists().where(Job.id == StagedLine.job_id, Job.state == JobState.WRITING)
    _take_away(~written_now)


def _take_away(*which: ColumnElement[bool]) -> None:
    while (found := _first(*which)) is not None:
        _take_away_piece(*found)


def _some(lines: Iterator[Line]) -> Sequence[Line]:
    return list(islice(lines, LINES_AT_A_TIME))


def _first(*which: ColumnElement[bool]) -> tuple[int, str, int] | None:
    """Return where the first such piece begins, without holding up anybody."""
    keys = (StagedLine.job_id, StagedLine.batch, StagedLine.line)
    try:
        row = db.session.execute(select(*keys).where(*which).order_by(*keys).limit(1)).first()
        return (row[0], row[1], row[2]) if row else None
    finally:
        db.session.rollback()


def _take_away_piece(job_id: int, batch: str, line: int) -> None:
    here = (StagedLine.job_id == job_id, StagedLine.batch == batch)
    piece = (StagedLine.line >= line, StagedLine.line < line + LINES_AT_A_TIME)
    with transaction.deed() as session:
        session.execute(delete(StagedLine).where(*here, *piece))
