"""The second factor of staff: codes from a telephone, and recovery codes for when it is gone."""

import base64
import hashlib
import secrets
from datetime import datetime

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from budgeting.ballotbox import crockford
from budgeting.extensions import db
from budgeting.models import Account, RecoveryCode, SecondFactor
from budgeting.refusals import Refusal
from budgeting.services import attempts, audit, one_time_codes, transaction
from budgeting.vocabulary import N_

RECOVERY_CODES = 8
# 80 bits: too many to guess, so a plain hash keeps them.
RECOVERY_SIGNS = 16
PURPOSE = b"second factor of staff"


class WrongCode(Refusal):
    """Neither the telephone's code now nor a recovery code that is left."""

    message = N_("Koden passer ikke. Skriv den kode, din telefon viser lige nu.")
    field = "code"


class CodeUsed(Refusal):
    """The right code, but somebody has used it already."""

    message = N_("Koden er allerede brugt. Vent, til din telefon viser en ny.")
    field = "code"


def is_asked_of(account: Account) -> bool:
    """Whether the person must show a second factor to come in."""
    return account.is_staff and bool(current_app.config["STAFF_SECOND_FACTOR"])


def has_one(account: Account) -> bool:
    """Whether the person has a telephone that makes codes."""
    factor = db.session.get(SecondFactor, account.id)
    return factor is not None and factor.confirmed_at is not None


def secret_to_show(account: Account) -> bytes:
    """Return the secret of a second factor that is being set up; never that of one in use."""
    with transaction.deed() as session:
        factor = session.get(SecondFactor, account.id)
        if factor is not None and factor.confirmed_at is not None:
            raise PermissionError("A second factor in use is not shown again.")
        if factor is None:
            locked = _lock().encrypt(one_time_codes.make_secret()).decode()
            factor = SecondFactor(account_id=account.id, locked_secret=locked, last_step=0)
            session.add(factor)
        return _secret_of(factor)


def confirm(account: Account, *, code: str, now: datetime) -> tuple[str, ...]:
    """Take the second factor into use and return the recovery codes, shown only now."""
    secret_to_show(account)
    attempts.take_one(attempts.of_second_factor(account.id), now)
    codes = tuple(_draw_recovery_code() for _ in range(RECOVERY_CODES))
    with transaction.deed() as session:
        factor = session.get_one(SecondFactor, account.id)
        _spend(session, factor, code, now)
        factor.confirmed_at = now
        _keep_recovery_codes(session, account, codes)
        audit.record(session, "make_second_factor", by=account, now=now)
    attempts.forget(attempts.of_second_factor(account.id))
    return codes


def check(account: Account, *, code: str, now: datetime) -> None:
    """Let in whoever has the telephone's code or a recovery code; each works once."""
    attempts.take_one(attempts.of_second_factor(account.id), now)
    with transaction.deed() as session:
        if not _spend_recovery_code(session, account, code, now):
            factor = session.get(SecondFactor, account.id)
            if factor is None or factor.confirmed_at is None:
                raise WrongCode()
            _spend(session, factor, code, now)
    attempts.forget(attempts.of_second_factor(account.id))


def make_recovery_codes(*, by: Account, now: datetime) -> tuple[str, ...]:
    """Make new recovery codes; those from before open nothing any more."""
    codes = tuple(_draw_recovery_code() for _ in range(RECOVERY_CODES))
    with transaction.deed() as session:
        _keep_recovery_codes(session, by, codes)
        audit.record(session, "make_recovery_codes", by=by, now=now)
    return codes


def recovery_codes_left(account: Account) -> int:
    """Return how many recovery codes are not used."""
    left = select(func.count()).where(RecoveryCode.account_id == account.id)
    return db.session.scalar(left) or 0


def forget(session: Session, account_id: int) -> None:
    """Take the second factor away: the person sets up a new one at the next sign-in."""
    session.execute(delete(SecondFactor).where(SecondFactor.account_id == account_id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def _spend(session: Session, factor: SecondFactor, code: str, now: datetime) -> None:
    """Use a code up; of two who send it at once, the database lets one through."""
    step = one_time_codes.find_step(_secret_of(factor), "".join(code.split()), now)
    if step is None:
        raise WrongCode()
    spent = session.execute(
        update(SecondFactor)
        .where(SecondFactor.account_id == factor.account_id)
        .where(SecondFactor.last_step < step)
        .values(last_step=step)
    )
    if spent.rowcount != 1:  # type: ignore[attr-defined]  # an update always has one
        raise CodeUsed()


def _spend_recovery_code(session: Session, account: Account, code: str, now: datetime) -> bool:
    spent = session.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.code_hash == _hash(code, account))
        .where(RecoveryCode.account_id == account.id)
    )
    if spent.rowcount != 1:  # type: ignore[attr-defined]  # a delete always has one
        return False
    audit.record(session, "use_recovery_code", by=account, now=now)
    return True


def _keep_recovery_codes(session: Session, account: Account, codes: tuple[str, ...]) -> None:
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    session.add_all(
        RecoveryCode(account_id=account.id, code_hash=_hash(code, account)) for code in codes
    )


def _draw_recovery_code() -> str:
    signs = crockford.write(
        secrets.randbits(RECOVERY_SIGNS * crockford.BITS_IN_A_SIGN), RECOVERY_SIGNS
    )
    return crockford.in_groups(signs)


def _hash(code: str, account: Account) -> str:
    try:
        signs = crockford.read(code)
    except crockford.UnknownSign:
        signs = ""
    return hashlib.sha256(f"{account.id}:{signs}".encode()).hexdigest()


def _secret_of(factor: SecondFactor) -> bytes:
    return _lock().decrypt(factor.locked_secret.encode())


def _lock() -> Fernet:
    """Return the lock of the secrets: a copy of the database alone does not open it."""
    key = HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(
        str(current_app.config["SECRET_KEY"]).encode()
    )
    return Fernet(base64.urlsafe_b64encode(key))
