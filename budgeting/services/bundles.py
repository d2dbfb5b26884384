"""The bundle of a published round: everything that is needed to check it, in one file.

It is made once and kept as a file: what has been published does not change, and a decision
that comes later makes a new one.
"""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from budgeting import canonical
from budgeting.ballotbox import bundle_layout as layout
from budgeting.ballotbox import signed_heads, signed_texts
from budgeting.models import BallotBox, BudgetRound, Project
from budgeting.refusals import Refusal
from budgeting.reports import bundle_file, election_file
from budgeting.services import (
    ballot_groups,
    ballot_list,
    board_key,
    boards,
    decisions,
    results,
    rounds,
)
from budgeting.services.ballot_groups import Pattern
from budgeting.services.results import PotResult
from budgeting.vocabulary import N_, Publication


class NotPublishedYet(Refusal):
    """Nothing can be handed out before everyone may read it."""

    message = N_("Resultatet er ikke offentliggjort endnu.")


def file_of(session: Session, budget_round: BudgetRound) -> Path:
    """Return the file of the round's bundle, made if it is not there; it is never half written."""
    if budget_round.published_at is None:
        raise NotPublishedYet()
    file = _place_of(session, budget_round)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        draft.write_bytes(made(session, budget_round))
        os.replace(draft, file)
    return file


def is_made(session: Session, budget_round: BudgetRound) -> bool:
    """Whether the file lies ready."""
    return _place_of(session, budget_round).exists()


def made(session: Session, budget_round: BudgetRound) -> bytes:
    """Make the bundle: the same round always gives the same bytes."""
    return bundle_file.as_zip(
        bundle_file.with_manifest(
            contents_of(session, budget_round),
            {
                "round": budget_round.slug,
                "title": budget_round.title,
                "rulebook": rounds.frozen_version(session, budget_round).fingerprint,
            },
            _signed,
        )
    )


def contents_of(session: Session, budget_round: BudgetRound) -> dict[str, bytes]:
    """Return every file of the bundle but the manifest and its signature."""
    found = results.results_of(session, budget_round)
    frozen = rounds.frozen_version(session, budget_round)
    contents = {
        layout.RULEBOOK: frozen.canonical_json.encode(),
        layout.BALLOT_LIST: ballot_list.encoded(session, budget_round),
        layout.NUMBERS: canonical.encode({"pots": [_numbers(session, one) for one in found]}),
        layout.LOT: canonical.encode({"seed": budget_round.lot_seed}),
        layout.README: bundle_file.readme(has_ballots=_has_ballots(session, budget_round)).encode(),
    }
    if budget_round.adopted_at is not None:
        contents[layout.DECISION] = _decision(session, budget_round)
    places = {
        rule.name: place
        for place, rule in enumerate(rounds.rulebook_of(session, budget_round).pots, 1)
    }
    for one in found:
        for name, content in _of_pot(session, one).items():
            contents[layout.of_pot(places[one.pot.name], name)] = content
    return contents


def _has_ballots(session: Session, budget_round: BudgetRound) -> bool:
    return ballot_groups.level_of(session, budget_round) is Publication.FULL


def _of_pot(session: Session, result: PotResult) -> dict[str, bytes]:
    board = boards.find_board(session, result.pot.budget_round, result.pot.id)
    assert board is not None
    heads = {"pot": result.pot.name, **boards.signed_as_plain(session, result.pot.id)}
    return {
        **_of_ballots(session, result),
        layout.OUTCOME: canonical.encode(result.count.outcome),
        layout.BOARD: boards.as_json(session, board),
        layout.HEADS: canonical.encode(heads),
    }


def _of_ballots(session: Session, result: PotResult) -> dict[str, bytes]:
    """Return as much of the ballots as the rulebook lets everyone read."""
    rulebook = rounds.rulebook_of(session, result.pot.budget_round)
    if rulebook.publication is Publication.GROUPED:
        groups = ballot_groups.groups_of(session, result)
        patterns = [_spelled(one, number) for one, number in groups.patterns]
        return {layout.GROUPS: canonical.encode({"patterns": patterns, "others": groups.others})}
    if rulebook.publication is Publication.TOTALS:
        return {}
    counted = election_file.Counted(
        pot=result.pot,
        count=result.count,
        rulebook=rulebook,
        fingerprint=rounds.frozen_version(session, result.pot.budget_round).fingerprint,
    )
    return {
        layout.BALLOTS: election_file.as_pb(counted, *results.election_of(session, result)).encode()
    }


def _spelled(pattern: Pattern, number: int) -> dict[str, Any]:
    points = {} if pattern.points is None else {"points": pattern.points}
    return {"choices": pattern.choices, **points, "ballots": number}


def _numbers(session: Session, result: PotResult) -> dict[str, Any]:
    count = result.count
    return {
        "pot": result.pot.name,
        "on_roll": count.voters_entitled,
        "on_board": session.get_one(BallotBox, result.pot.id).board_size,
        "envelopes_in": count.envelopes_in,
        "ballots_valid": count.ballots_valid,
        "ballots_invalid": count.ballots_invalid,
    }


def _decision(session: Session, budget_round: BudgetRound) -> bytes:
    lines = decisions.decisions_of(session, budget_round).values()
    spelled = [
        {
            "pot": line.project.pot.name,
            "id": line.project.ballot_id,
            "recommended": line.recommended,
            "adopted": line.adopted,
            "reason": line.reason,
            **_part(line.project),
        }
        for line in sorted(lines, key=lambda line: line.project_id)
    ]
    return canonical.encode({"reference": budget_round.adoption_reference, "projects": spelled})


def _part(project: Project) -> dict[str, int]:
    return {} if project.granted_oere is None else {"granted_oere": project.granted_oere}


def _signed(manifest: bytes) -> dict[str, str]:
    key = board_key.signing_key()
    return {
        "key": signed_heads.verifying_key_of(key).hex(),
        "signature": signed_texts.sign(layout.SIGNED_KIND, manifest, key).hex(),
    }


def _place_of(session: Session, budget_round: BudgetRound) -> Path:
    return Path(current_app.config["BUNDLE_FOLDER"]) / _name_of(session, budget_round)


def _name_of(session: Session, budget_round: BudgetRound) -> str:
    """Return a name that changes with what the bundle says and with who signs it."""
    said = (
        rounds.frozen_version(session, budget_round).fingerprint,
        budget_round.published_at,
        budget_round.adopted_at,
        board_key.verifying_key().hex(),
    )
    state = hashlib.sha256("|".join(map(str, said)).encode()).hexdigest()
    return f"{budget_round.slug}-{state[:16]}.zip"
