"""After a destruction the database's files are written anew, and again until nothing is left there.

The job worker does it: the whole file may have to be written, and somebody who is reading, such
as a backup, can keep what was deleted in it for a while.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from budgeting.extensions import db
from budgeting.models import BudgetRound, Envelope, HandedInForm, OfficerKey, PaperMark, RollKey
from budgeting.services import forgotten_pages, transaction

TABLES = (Envelope, HandedInForm, PaperMark, OfficerKey, RollKey)
TRIED_AGAIN_AFTER = timedelta(minutes=10)


def clean_due(now: datetime) -> int:
    """Write the files anew if a round asks for it; return for how many rounds they are clean now."""
    due = _claim(now)
    if not due or not forgotten_pages.write_anew(db.engine, TABLES):
        return 0
    with transaction.deed() as session:
        session.execute(
            update(BudgetRound)
            .where(BudgetRound.id.in_(due))
            .values(files_due_at=None, files_clean_at=now)
        )
    return len(due)


def _claim(now: datetime) -> tuple[int, ...]:
    """Return the rounds whose turn it is; who is working on them need not be helped meanwhile."""
    asking = select(BudgetRound.id).where(BudgetRound.files_due_at <= now)
    if db.session.scalar(asking.limit(1)) is None:
        db.session.rollback()
        return ()
    with transaction.deed() as session:
        found = tuple(session.scalars(asking.with_for_update(skip_locked=True)))
        session.execute(
            update(BudgetRound)
            .where(BudgetRound.id.in_(found))
            .values(files_due_at=now + TRIED_AGAIN_AFTER)
        )
    return found
