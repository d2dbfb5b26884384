"""Who is signed in where: begun, found by what the cookie holds, listed and ended."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import Account, SignIn
from budgeting.services import transaction

HALF_LASTS = timedelta(minutes=10)
# Where nobody says when: then it is asked anew before what cannot be undone.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
SEEN_IS_ROUGH = timedelta(minutes=5)


def begin(account: Account, *, device: str, now: datetime, shown_at: datetime | None = None) -> str:
    """Sign somebody in and return what the cookie is to hold; only its hash is kept here.

    ``shown_at`` is when they showed who they are, where that was elsewhere and earlier.
    """
    token = _add(account, device=device, now=now, lasts=_lasts(account), is_whole=True)
    if shown_at is not None and shown_at < now:
        found = find(token, now)
        assert found is not None
        note_confirmed(found, shown_at)
    return token


def begin_half(account: Account, *, device: str, now: datetime) -> str:
    """Remember that the password was right while the second factor is asked for."""
    return _add(account, device=device, now=now, lasts=HALF_LASTS, is_whole=False)


def find(token: str, now: datetime) -> SignIn | None:
    """Return the sign-in behind a cookie, unless it is ended, expired or only half."""
    found = _find(token, now)
    return found if found is not None and found.is_whole else None


def find_half(token: str, now: datetime) -> SignIn | None:
    """Return the sign-in that waits for its second factor."""
    found = _find(token, now)
    return None if found is None or found.is_whole else found


def end(token: str) -> None:
    """Sign out: whoever has a copy of the cookie is out too."""
    with transaction.deed() as session:
        session.execute(delete(SignIn).where(SignIn.token_hash == _hash(token)))


def end_one(*, by: Account, sign_in_id: int) -> None:
    """End one of a person's own sign-ins; somebody else's is not theirs to end."""
    with transaction.deed() as session:
        session.execute(
            delete(SignIn).where(SignIn.id == sign_in_id).where(SignIn.account_id == by.id)
        )


def end_all_of(session: Session, account_id: int, *, but: int | None = None) -> None:
    """End every sign-in of a person, except perhaps the one they are sitting at."""
    ended = delete(SignIn).where(SignIn.account_id == account_id)
    session.execute(ended if but is None else ended.where(SignIn.id != but))


def of(account: Account, now: datetime) -> Sequence[SignIn]:
    """Return where a person is signed in, the latest first."""
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account.id)
        .where(SignIn.is_whole)
        .where(SignIn.expires_at > now)
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    ).all()


def note_seen(sign_in: SignIn, now: datetime) -> None:
    """Remember, to five minutes, that somebody was there."""
    if now - sign_in.seen_at < SEEN_IS_ROUGH:
        return
    with transaction.deed() as session:
        session.execute(update(SignIn).where(SignIn.id == sign_in.id).values(seen_at=now))


def note_confirmed(sign_in: SignIn, now: datetime) -> None:
    """Remember that the person has just shown again who they are."""
    with transaction.deed() as session:
        session.execute(update(SignIn).where(SignIn.id == sign_in.id).values(confirmed_at=now))


def is_confirmed(sign_in: SignIn | None, now: datetime) -> bool:
    """Whether the person has shown who they are lately enough for what cannot be undone."""
    minutes = current_app.config["REAUTHENTICATION_MINUTES"]
    if minutes == 0:
        return True
    return sign_in is not None and now - sign_in.confirmed_at < timedelta(minutes=minutes)


def _lasts(account: Account) -> timedelta:
    hours = "STAFF_SIGN_IN_HOURS" if account.is_staff else "CITIZEN_SIGN_IN_HOURS"
    return timedelta(hours=current_app.config[hours])


def _add(account: Account, *, device: str, now: datetime, lasts: timedelta, is_whole: bool) -> str:
    token = secrets.token_urlsafe(32)
    with transaction.deed() as session:
        session.execute(delete(SignIn).where(SignIn.expires_at <= now))
        session.add(
            SignIn(
                token_hash=_hash(token),
                account_id=account.id,
                is_whole=is_whole,
                device=device,
                began_at=now,
                seen_at=now,
                confirmed_at=now,
                expires_at=now + lasts,
            )
        )
    return token


def _find(token: str, now: datetime) -> SignIn | None:
    return db.session.scalar(
        select(SignIn).where(SignIn.token_hash == _hash(token)).where(SignIn.expires_at > now)
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
