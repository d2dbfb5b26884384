"""The outbox: a mail is queued in its deed's transaction and sent afterwards by a job."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.models import OutboxMail
from budgeting.services import mail_carriers, transaction

# Minutes to wait after each try that failed; after the last one the mail is given up.
BACK_OFF_MINUTES = (5, 10, 30, 60, 180, 360, 720, 1440)
LONGEST_SUBJECT = 200

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What a mail says, in the reader's language."""

    subject: str
    body: str


def queue(session: Session, recipient: str, subject: str, body: str, now: datetime) -> None:
    """Put a mail in the outbox; it is sent if and only if the deed becomes true."""
    session.add(
        OutboxMail(
            recipient=recipient,
            subject=" ".join(subject.split())[:LONGEST_SUBJECT],
            body=body,
            queued_at=now,
            due_at=now,
        )
    )


def deliver_waiting(now: datetime) -> int:
    """Send every mail that is due and return how many went; several workers share the work.

    A mail is claimed in a transaction of its own by moving its next try into the future, so
    that no lock is held while the mail server is spoken to. A worker that dies after the mail
    has gone may make it go twice; none is ever lost.
    """
    carrier = mail_carriers.chosen()
    sent = 0
    while (waiting := _claim_next(now)) is not None:
        try:
            carrier.carry(waiting)
        except (SMTPException, ValueError) as refused:
            log.warning("Mail %s was refused: %s", waiting.id, type(refused).__name__)
        except OSError as silent:
            log.warning("The mail server cannot be reached: %s", type(silent).__name__)
            break
        else:
            _mark_sent(waiting.id, now)
            sent += 1
    return sent


def _claim_next(now: datetime) -> mail_carriers.Mail | None:
    with transaction.deed() as session:
        row = session.scalars(
            select(OutboxMail)
            .where(OutboxMail.sent_at.is_(None))
            .where(OutboxMail.due_at <= now)
            .where(OutboxMail.attempts < len(BACK_OFF_MINUTES))
            .order_by(OutboxMail.due_at, OutboxMail.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if row is None:
            return None
        row.due_at = now + timedelta(minutes=BACK_OFF_MINUTES[row.attempts])
        row.attempts += 1
        return mail_carriers.Mail(row.id, row.recipient, row.subject, row.body)


def _mark_sent(mail_id: int, now: datetime) -> None:
    """Remember that the mail went, and forget what it said: it may hold a way in."""
    with transaction.deed() as session:
        row = session.get(OutboxMail, mail_id)
        if row is not None:
            row.sent_at = now
            row.body = ""
