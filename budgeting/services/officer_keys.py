"""The keys to the ballot box: each officer makes one, and tries it before the round opens.

A key has a number, its place among the round's officers. An officer has one place and
keeps it; the first who come take the places there are.
"""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from budgeting.ballotbox import key_files, officer_keys
from budgeting.ballotbox.officer_keys import OfficerKeyPair
from budgeting.models import Account, BudgetRound, OfficerKey
from budgeting.refusals import EditedMeanwhile, Refusal
from budgeting.rulebook import officers
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, boxes, lending, locked_rules, pair_trials, rounds, transaction
from budgeting.vocabulary import N_

FIRST_NUMBER = 0


class NoKeyYet(Refusal):
    """There is nothing to try."""

    message = N_("Der er ingen nøgle endnu. Lav nøglen først.")


class KeyOfAnother(Refusal):
    """Only the one who made a key knows its passphrase."""

    message = N_("Nøglen er lavet af %(name)s. Kun den, der har lavet den, kan prøve den.")


class PlacesAreTaken(Refusal):
    """The round has as many officers as it needs."""

    message = N_(
        "Runden har allerede sine nøglepersoner. Skal du være en af dem, "
        "skal en administrator først fjerne en af nøglerne."
    )


def own_key(session: Session, budget_round: BudgetRound, officer: Account) -> OfficerKey | None:
    """Return the officer's own key, if it has been made."""
    keys = boxes.officer_keys(session, budget_round)
    return next((key for key in keys if key.account_id == officer.id), None)


def key_to_make(session: Session, budget_round: BudgetRound, officer: Account) -> OfficerKey | None:
    """Return the key that a new one of this officer would replace; none where a place is free.

    An only key may be made anew by another officer, who then holds it.
    """
    own = own_key(session, budget_round, officer)
    if own is None and budget_round.officers == officers.ONE:
        return session.get(OfficerKey, (budget_round.id, FIRST_NUMBER))
    return own


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
    return _put_in_place(pair, pair.locked_private_key, by, budget_round, seen_key, now)


def make_key_file(
    *, by: Account, budget_round: BudgetRound, passphrase: str, seen_key: str, now: datetime
) -> str:
    """Make the key and return it, locked, as the text of a file; only its public half is kept."""
    pair = officer_keys.make_key(passphrase)
    _put_in_place(pair, None, by, budget_round, seen_key, now)
    return key_files.to_text(pair)


def _put_in_place(  # noqa: PLR0913 - what a key is made of
    pair: OfficerKeyPair,
    kept: bytes | None,
    by: Account,
    budget_round: BudgetRound,
    seen_key: str,
    now: datetime,
) -> OfficerKey:
    with transaction.deed() as session:
        locked_rules.permit_change(
            session, Deed.MAKE_OFFICER_KEY, by=by, budget_round=budget_round, now=now
        )
        rounds.lock(session, budget_round)
        if budget_round.keys_in_files is (kept is not None):
            raise EditedMeanwhile()
        key = key_to_make(session, budget_round, by)
        if fingerprint_of(key) != seen_key:
            raise EditedMeanwhile()
        if key is None:
            key = OfficerKey(round_id=budget_round.id, number=_free_place(session, budget_round))
        pair_trials.forget(session, budget_round, key.number)
        key.account_id = by.id
        key.public_key = pair.public_key
        key.locked_private_key = kept
        key.made_at = now
        key.tested_at = None
        session.add(key)
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
    *,
    by: Account,
    budget_round: BudgetRound,
    passphrase: str,
    now: datetime,
    key_file: str = "",
) -> OfficerKey:
    """Open a test envelope with the key, and remember that it could be done.

    ``key_file`` is the text of the officer's file where the platform keeps no keys.
    """
    with transaction.deed() as session:
        locked_rules.permit_change(
            session, Deed.MAKE_OFFICER_KEY, by=by, budget_round=budget_round, now=now
        )
        key = _own_key(session, by, budget_round)
        public_key, locked = key.public_key, lending.locked_half(key, key_file)
    private_key = officer_keys.unlock(locked, passphrase)
    pair_trials.open_trial_envelope([public_key], {FIRST_NUMBER: private_key})
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


def _free_place(session: Session, budget_round: BudgetRound) -> int:
    taken = {key.number for key in boxes.officer_keys(session, budget_round)}
    free = [number for number in range(budget_round.officers) if number not in taken]
    if not free:
        raise PlacesAreTaken()
    return free[0]


def _own_key(session: Session, by: Account, budget_round: BudgetRound) -> OfficerKey:
    key = own_key(session, budget_round, by)
    if key is not None:
        return key
    others = boxes.officer_keys(session, budget_round)
    if others and budget_round.officers == officers.ONE:
        raise KeyOfAnother(name=others[0].account.name)
    raise NoKeyYet()


def _mark_tested(
    session: Session, budget_round: BudgetRound, public_key: bytes, now: datetime
) -> None:
    """Mark the very key that opened the envelope; a new one meanwhile is still untried."""
    marked = session.execute(
        update(OfficerKey)
        .where(OfficerKey.round_id == budget_round.id)
        .where(OfficerKey.public_key == public_key)
        .values(tested_at=now)
    )
    if not getattr(marked, "rowcount", 0):
        raise EditedMeanwhile()
