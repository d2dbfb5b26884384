"""The rehearsal of a round with three officers: each pair opens a test envelope together."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from budgeting.ballotbox import officer_keys, sealing
from budgeting.models import Account, BudgetRound, OfficerKey, PairTrial
from budgeting.refusals import EditedMeanwhile, Refusal
from budgeting.rulebook import officers
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, boxes, lending, locked_rules, transaction
from budgeting.vocabulary import N_

TEST_LENGTH = 32
TEST_SIZE = 64
CONTEXT = b"test envelope"
NO_FILES: Mapping[int, str] = MappingProxyType({})


class KeysAreMissing(Refusal):
    """The test envelope is sealed to all the officers' keys."""

    message = N_("Prøven kan først laves, når alle tre nøglepersoner har lavet deres nøgle.")


class NotThesePeople(Refusal):
    """A pair is two different officers, and one of them is the one signed in."""

    message = N_("Vælg en af de to andre nøglepersoner at prøve sammen med.")


class TrialEnvelopeDiffers(Refusal):
    """What came out of the envelope is not what went in."""

    message = N_("Prøvekuverten kunne ikke åbnes rigtigt. Lav nye nøgler.")


def tried(session: Session, budget_round: BudgetRound) -> set[tuple[int, int]]:
    """Return the pairs that have opened a test envelope together with the keys they have now."""
    of_round = select(PairTrial).where(PairTrial.round_id == budget_round.id)
    return {(trial.first, trial.second) for trial in session.scalars(of_round)}


def try_pair(
    *,
    by: Account,
    budget_round: BudgetRound,
    passphrases: Mapping[int, str],
    now: datetime,
    key_files: Mapping[int, str] = NO_FILES,
) -> None:
    """Open an envelope sealed to all three with two keys, and remember that it could be done.

    ``passphrases`` holds the two officers' passphrases under the numbers of their keys.
    """
    pair = _pair_of(passphrases)
    with transaction.deed() as session:
        _permit(session, by, budget_round, now)
        keys = boxes.officer_keys(session, budget_round)
        _refuse_unless_theirs(keys, pair, by, budget_round)
        public_keys = [key.public_key for key in keys]
        locked = lending.locked_keys(keys, pair, key_files)
    open_trial_envelope(public_keys, lending.unlock(locked, passphrases))
    with transaction.deed() as session:
        _permit(session, by, budget_round, now)
        if [key.public_key for key in boxes.officer_keys(session, budget_round)] != public_keys:
            raise EditedMeanwhile()
        session.merge(
            PairTrial(round_id=budget_round.id, first=pair[0], second=pair[1], tried_at=now)
        )
        names = [key.account.name for key in boxes.officer_keys(session, budget_round)]
        audit.record(
            session,
            Deed.MAKE_OFFICER_KEY,
            by=by,
            now=now,
            budget_round=budget_round,
            pair=f"{names[pair[0]]}, {names[pair[1]]}",
        )


def open_trial_envelope(
    public_keys: list[bytes], private_keys: Mapping[int, officer_keys.PrivateKey]
) -> None:
    """Seal something nobody can guess to all keys, open it with these, and compare."""
    inside = secrets.token_bytes(TEST_LENGTH)
    sealed = sealing.seal(inside, public_keys, len(private_keys), CONTEXT, TEST_SIZE)
    if sealing.open_sealed(sealed, private_keys, CONTEXT) != inside:
        raise TrialEnvelopeDiffers()


def forget(session: Session, budget_round: BudgetRound, number: int) -> None:
    """Forget what a key has opened: it is replaced or taken away."""
    session.execute(
        delete(PairTrial)
        .where(PairTrial.round_id == budget_round.id)
        .where(or_(PairTrial.first == number, PairTrial.second == number))
    )


def _pair_of(passphrases: Mapping[int, str]) -> tuple[int, int]:
    numbers = sorted(passphrases)
    if len(numbers) != 2:
        raise NotThesePeople()
    return numbers[0], numbers[1]


def _permit(session: Session, by: Account, budget_round: BudgetRound, now: datetime) -> None:
    locked_rules.permit_change(
        session, Deed.MAKE_OFFICER_KEY, by=by, budget_round=budget_round, now=now
    )


def _refuse_unless_theirs(
    keys: list[OfficerKey], pair: tuple[int, int], by: Account, budget_round: BudgetRound
) -> None:
    if len(keys) < budget_round.officers:
        raise KeysAreMissing()
    owners = {key.number: key.account_id for key in keys}
    is_a_pair = pair in officers.pairs(budget_round.officers)
    if not is_a_pair or by.id not in (owners[pair[0]], owners[pair[1]]):
        raise NotThesePeople()
