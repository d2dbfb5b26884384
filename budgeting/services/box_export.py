"""The sealed boxes of a strict round, written to a file that officers open on another machine.

It holds what the platform has of the envelopes, but not whose they are.
"""

from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.ballotbox import board, export_file, officer_keys, opening_proof
from budgeting.ballotbox.export_file import PotParts
from budgeting.extensions import db
from budgeting.models import Account, BallotBox, BudgetRound, Envelope, OfficerKey, Pot
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import (
    audit,
    board_key,
    boards,
    boxes,
    counting,
    opening_challenges,
    rounds,
    transaction,
)
from budgeting.vocabulary import N_


class KeysAreHere(Refusal):
    """Only rounds whose keys lie in files are opened elsewhere: nobody else has the keys."""

    message = N_(
        "Rundens nøgler ligger på platformen. Kun en runde med nøgler i filer kan åbnes på en "
        "anden computer."
    )


def write(*, by: Account, budget_round: BudgetRound, file: IO[bytes] | Path, now: datetime) -> None:
    """Write the sealed boxes; the deed stands in the log."""
    with transaction.deed() as session:
        rounds.permit(Deed.COUNT_BALLOTS, roles=by.roles, budget_round=budget_round, now=now)
        refuse_unless_sealed_and_strict(budget_round)
        found = boxes.boxes_of(session, budget_round)
        parts = [_parts(session, box) for box in found]
        audit.record(
            session,
            "export_ballot_box",
            by=by,
            now=now,
            budget_round=budget_round,
            envelopes=sum(len(one.envelopes) for one in parts),
        )
    export_file.write(
        file,
        _manifest(db.session(), budget_round, found, now),
        rounds.frozen_version(db.session(), budget_round).canonical_json.encode(),
        parts,
        board_key.signing_key(),
    )


def refuse_unless_sealed_and_strict(budget_round: BudgetRound) -> None:
    """Refuse what is done only to the sealed box of a round whose keys lie in files."""
    if not budget_round.keys_in_files:
        raise KeysAreHere()
    if budget_round.sealed_at is None:
        raise counting.NotSealedYet()


def envelopes_of(session: Session, pot_id: int) -> tuple[bytes, ...]:
    """Return a pot's envelopes in the order of their hashes, which says nothing of voters."""
    sealed = session.scalars(select(Envelope.sealed).where(Envelope.pot_id == pot_id))
    return tuple(sorted(sealed, key=board.entry_of))


def _parts(session: Session, box: BallotBox) -> PotParts:
    entries = boards.entries_of(session, box.pot_id, box.board_size)
    return PotParts(
        envelopes_of(session, box.pot_id), tuple(bytes.fromhex(entry) for entry in entries)
    )


def _manifest(
    session: Session, budget_round: BudgetRound, found: list[BallotBox], now: datetime
) -> dict[str, Any]:
    context = opening_challenges.context_of(session, budget_round)
    return {
        "round": budget_round.slug,
        "title": budget_round.title,
        "rulebook": rounds.frozen_rules(session, budget_round.id).fingerprint,
        "key": board_key.verifying_key().hex(),
        "made_at": now.isoformat(),
        "context": context.decode(),
        "officers": [
            _officer(session, budget_round, key, context)
            for key in boxes.officer_keys(session, budget_round)
        ],
        "pots": [_pot(session, box) for box in found],
        "heads": boards.heads_as_json(session, budget_round).decode(),
    }


def _officer(
    session: Session, budget_round: BudgetRound, key: OfficerKey, context: bytes
) -> dict[str, str]:
    challenge = opening_challenges.challenge_of(session, budget_round, key.number)
    return {
        "name": key.account.name,
        "key": key.public_key.hex(),
        "fingerprint": officer_keys.fingerprint(key.public_key),
        "challenge": opening_proof.seal_challenge(challenge, key.public_key, context).hex(),
    }


def _pot(session: Session, box: BallotBox) -> dict[str, Any]:
    pot = session.get_one(Pot, box.pot_id)
    paper = boxes.paper_of(session, pot)
    return {
        "pot": pot.name,
        "root": box.board_root,
        "costs_oere": dict(paper.costs_oere),
        "budget_limit_oere": paper.budget_limit_oere,
    }
