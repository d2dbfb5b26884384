"""The keys to the ballot box: each officer makes one, and tries it before the round opens.

One officer is enough here; a round keeps a list of keys, so that three may follow.
"""

import secrets
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from budgeting.ballotbox import officer_keys, sealing
from budgeting.models import Account, BudgetRound, OfficerKey
from budgeting.refusals import EditedMeanwhile, Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, locked_rules, transaction
from budgeting.vocabulary import N_

FIRST_NUMBER = 0
TEST_LENGTH = 32
TEST_SIZE = 64


class NoKeyYet(Refusal):
    """There is nothing to try."""

    message = N_("Der er ingen nøgle endnu. Lav nøglen først.")


class KeyOfAnother(Refusal):
    """Only the one who made a key knows its passphrase."""

    message = N_("Nøglen er lavet af %(name)s. Kun den, der har lavet den, kan prøve den.")


class TrialEnvelopeDiffers(Refusal):
    """What came out of the envelope is not what went in."""

    message = N_("Prøvekuverten kunne ikke åbnes rigtigt. Lav en ny nøgle.")


def find_key(session: Session, budget_round: BudgetRound) -> OfficerKey | None:
    """Return the round's key, if it has been made."""
    return session.get(OfficerKey, (budget_round.id, FIRST_NUMBER))


def make_key(
    *,
    by: Account,
    budget_round: BudgetRound,
    passphrase: str,
    seen_key: str,
    now: datetime,
) -> OfficerKey:
    """Make the key, or one in place of the key the officer has seen; it is not tried yet.

    ``seen_key`` is the fingerprint of the key that stood on the officer's page, or nothing.
    """
    pair = officer_keys.make_key(passphrase)
    with transaction.deed() as session:
        locked_rules.permit_change(
            session, Deed.MAKE_OFFICER_KEY, by=by, budget_round=budget_round, now=now
        )
        key = find_key(session, budget_round)
        if fingerprint_of(key) != seen_key:
            raise EditedMeanwhile()
        if key is None:
            key = OfficerKey(round_id=budget_round.id, number=FIRST_NUMBER)
            session.add(key)
        key.account_id = by.id
        key.public_key = pair.public_key
        key.locked_private_key = pair.locked_private_key
        key.made_at = now
        key.tested_at = None
        audit.record(
            session,
            Deed.MAKE_OFFICER_KEY,
            by=by,
            now=now,
            budget_round=budget_round,
            key=fingerprint_of(key),
        )
    return key


def try_key(
    *, by: Account, budget_round: BudgetRound, passphrase: str, now: datetime
) -> OfficerKey:
    """Open a test envelope with the key, and remember that it could be done."""
    with transaction.deed() as session:
        locked_rules.permit_change(
            session, Deed.MAKE_OFFICER_KEY, by=by, budget_round=budget_round, now=now
        )
        key = _own_key(session, by, budget_round)
        public_key, locked = key.public_key, key.locked_private_key
    _open_test_envelope(public_key, locked, passphrase)
    with transaction.deed() as session:
        locked_rules.permit_change(
            session, Deed.MAKE_OFFICER_KEY, by=by, budget_round=budget_round, now=now
        )
        _mark_tested(session, budget_round, public_key, now)
        audit.record(
            session,
            Deed.MAKE_OFFICER_KEY,
            by=by,
            now=now,
            budget_round=budget_round,
            tested=officer_keys.fingerprint(public_key),
        )
    return _own_key(session, by, budget_round)


def fingerprint_of(key: OfficerKey | None) -> str:
    """Return the key's fingerprint to compare aloud, or nothing where there is no key."""
    return officer_keys.fingerprint(key.public_key) if key else ""


def _own_key(session: Session, by: Account, budget_round: BudgetRound) -> OfficerKey:
    key = find_key(session, budget_round)
    if key is None:
        raise NoKeyYet()
    if key.account_id != by.id:
        raise KeyOfAnother(name=key.account.name)
    return key


def _open_test_envelope(public_key: bytes, locked: bytes, passphrase: str) -> None:
    """Seal something nobody can guess, open it again, and compare."""
    private_key = officer_keys.unlock(locked, passphrase)
    inside = secrets.token_bytes(TEST_LENGTH)
    context = b"test envelope"
    sealed = sealing.seal(inside, [public_key], 1, context, TEST_SIZE)
    if sealing.open_sealed(sealed, {FIRST_NUMBER: private_key}, context) != inside:
        raise TrialEnvelopeDiffers()


def _mark_tested(
    session: Session, budget_round: BudgetRound, public_key: bytes, now: datetime
) -> None:
    """Mark the very key that opened the envelope; a new one meanwhile is still untried."""
    marked = session.execute(
        update(OfficerKey)
        .where(OfficerKey.round_id == budget_round.id, OfficerKey.number == FIRST_NUMBER)
        .where(OfficerKey.public_key == public_key)
        .values(tested_at=now)
    )
    if not getattr(marked, "rowcount", 0):
        raise EditedMeanwhile()
