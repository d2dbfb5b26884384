"""Opens an exported box on a machine that knows nothing of the platform: no database, no net.

Nothing in the file is believed that can be checked: its signature, the rules' fingerprint, the
officers' keys against those frozen in the rules, the board against its last signed head, and
every envelope against the board. Then each envelope is opened and held against the rules, as
opening_box.py does it on the platform.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgeting import canonical
from budgeting.ballotbox import (
    board,
    export_file,
    officer_keys,
    opened_file,
    opening_proof,
    sealing,
    signed_heads,
)
from budgeting.ballotbox.ballot_coding import Choices
from budgeting.ballotbox.export_file import Export, ExportUnreadable, PotParts
from budgeting.ballotbox.officer_keys import OfficerKeyPair, PrivateKey
from budgeting.ballotbox.opened_file import Opened, OpenedPot
from budgeting.refusals import Refusal
from budgeting.rulebook import rules
from budgeting.rulebook.ballots import Paper
from budgeting.rulebook.rules import Rulebook
from budgeting.services import opening_box
from budgeting.vocabulary import N_


class KeyOfAnotherBox(Refusal):
    """A key file belongs to none of the officers of this round."""

    message = N_("Nøglen %(fingerprint)s hører ikke til denne stemmeurne.")


@dataclass(frozen=True, repr=False)
class SealedBox:
    """An export that holds all it can be held against."""

    export: Export
    rulebook: Rulebook

    @property
    def officers(self) -> list[dict[str, str]]:
        """The officers in their order: name, key, fingerprint, challenge."""
        return list(self.export.manifest["officers"])

    def number_of(self, pair: OfficerKeyPair) -> int:
        """Return whose key it is; raises KeyOfAnotherBox."""
        keys = [one["key"] for one in self.officers]
        if pair.public_key.hex() not in keys:
            raise KeyOfAnotherBox(fingerprint=officer_keys.fingerprint(pair.public_key))
        return keys.index(pair.public_key.hex())


def read(path: Path) -> SealedBox:
    """Read an export and hold it against itself; raises ExportUnreadable with what is wrong."""
    export = export_file.read(path)
    said = export.manifest
    if canonical.fingerprint(export.rulebook) != said["rulebook"]:
        raise ExportUnreadable(where="rulebook.json")
    try:
        rulebook = rules.from_json(export.rulebook.decode())
        fingerprints = tuple(
            officer_keys.fingerprint(bytes.fromhex(one["key"])) for one in said["officers"]
        )
        heads = canonical.decode(said["heads"].encode())
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ExportUnreadable(where="export.json") from None
    if fingerprints != rulebook.key_fingerprints:
        raise ExportUnreadable(where="key_fingerprints")
    for number, (pot, parts) in enumerate(zip(said["pots"], export.pots, strict=True)):
        _check_board(export, pot, parts, heads["pots"][number])
    return SealedBox(export, rulebook)


def open_box(box: SealedBox, keys: Mapping[int, PrivateKey]) -> tuple[Opened, bytes]:
    """Open every envelope; returns what came out, and the file for the platform."""
    said = box.export.manifest
    public_keys = [bytes.fromhex(one["key"]) for one in box.officers]
    sealing.check_keys(keys, public_keys, box.rulebook.officers_needed)
    opened = Opened(
        said["round"],
        said["rulebook"],
        tuple(
            _opened(box, pot, parts, keys)
            for pot, parts in zip(said["pots"], box.export.pots, strict=True)
        ),
    )
    context, whole = said["context"].encode(), opened.to_bytes()
    answers = {
        number: opening_proof.answer(
            bytes.fromhex(box.officers[number]["challenge"]), key, context, whole
        )
        for number, key in keys.items()
    }
    return opened, opened_file.write(opened, answers)


def _check_board(
    export: Export, pot: dict[str, Any], parts: PotParts, heads: dict[str, Any]
) -> None:
    """See that the entries are those the last head was signed for."""
    wrong = ExportUnreadable(where=f"heads, {pot['pot']}")
    tree = board.Tree(board.leaf_hash(entry) for entry in parts.entries)
    try:
        last = heads["heads"][-1]
        head = signed_heads.verify(
            canonical.encode(last["head"]), bytes.fromhex(last["signature"]), export.key
        )
    except (signed_heads.HeadForged, ValueError, KeyError, TypeError, IndexError):
        raise wrong from None
    expected = (export.manifest["rulebook"], pot["pot"], tree.size, tree.root())
    if (head.budget_round, head.pot, head.size, head.root) != expected:
        raise wrong
    if tree.root().hex() != pot["root"]:
        raise wrong


def _opened(
    box: SealedBox, pot: dict[str, Any], parts: PotParts, keys: Mapping[int, PrivateKey]
) -> OpenedPot:
    context = f"{box.export.manifest['rulebook']}|{pot['pot']}".encode()
    paper = Paper(pot["costs_oere"], pot["budget_limit_oere"])
    not_opened_yet = dict.fromkeys(parts.entries, True)

    def valid() -> Iterator[Choices]:
        """Hand out the ballots that count; the others are the difference in number."""
        for sealed in parts.envelopes:
            with contextlib.suppress(Refusal):
                opening_box.take_off(not_opened_yet, sealed)
                yield opening_box.open_one(sealed, keys, context, box.rulebook.ballot, paper)

    return OpenedPot(
        pot=pot["pot"],
        root=pot["root"],
        envelopes=export_file.digest(export_file.lines_of(parts.envelopes)),
        envelopes_in=len(parts.envelopes),
        ballots=opened_file.grouped(valid()),
    )
