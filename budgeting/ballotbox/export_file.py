"""The sealed boxes of a round as a file that travels to another machine: a ZIP, read strictly.

    export.json           what it is: round, rulebook, keys, challenges, pots; signed
    signature.txt         the house's signature under export.json, in hexadecimal
    rulebook.json         the frozen rules, as their fingerprint stands for them
    pots/N/envelopes.txt  the sealed envelopes, one a line in base64, without voters, by their hash
    pots/N/entries.txt    every entry of the pot's board in its order, one a line

The sizes and SHA-256 of the other files stand in export.json.
"""

import base64
import binascii
import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from budgeting import canonical
from budgeting.ballotbox import signed_texts
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

FORMAT = "borgerbudget-export-1"
SIGNED_KIND = "export"
MANIFEST, SIGNATURE, RULEBOOK = "export.json", "signature.txt", "rulebook.json"
_LARGEST_SMALL_FILE = 4 * 1024 * 1024
_LARGEST_FILE = 1024 * 1024 * 1024
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class ExportUnreadable(Refusal):
    """The file is no export, or something in it is not what the platform signed for."""

    message = N_("Filen er ikke en kuvertfil, eller den er ændret undervejs: %(where)s.")


@dataclass(frozen=True, repr=False)
class PotParts:
    """One pot's envelopes and board."""

    envelopes: tuple[bytes, ...]
    entries: tuple[bytes, ...]


@dataclass(frozen=True, repr=False)
class Export:
    """An export whose signature and parts have been checked."""

    manifest: dict[str, Any]
    key: bytes
    rulebook: bytes
    pots: tuple[PotParts, ...]


def lines_of(items: Sequence[bytes]) -> bytes:
    """Envelopes as they stand in their file."""
    return b"".join(base64.b64encode(one) + b"\n" for one in items)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write(
    file: IO[bytes] | Path,
    manifest: dict[str, Any],
    rulebook: bytes,
    pots: Sequence[PotParts],
    signing_key: bytes,
) -> None:
    """Write the export; the manifest gets the sizes and hashes of the other files."""
    parts = {RULEBOOK: rulebook}
    for number, pot in enumerate(pots, 1):
        parts[_name(number, "envelopes")] = lines_of(pot.envelopes)
        parts[_name(number, "entries")] = lines_of(pot.entries)
    files = {name: {"size": len(one), "sha256": digest(one)} for name, one in parts.items()}
    signed = canonical.encode(manifest | {"format": FORMAT, "files": files})
    signature = signed_texts.sign(SIGNED_KIND, signed, signing_key).hex().encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in ({MANIFEST: signed, SIGNATURE: signature} | parts).items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), content)


def read(path: Path) -> Export:
    """Read an export; raises ExportUnreadable with the part that does not hold."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive)
    except (OSError, zipfile.BadZipFile, NotImplementedError, EOFError):
        raise ExportUnreadable(where="ZIP") from None


def _read(archive: zipfile.ZipFile) -> Export:
    signed = _part(archive, MANIFEST, _LARGEST_SMALL_FILE)
    try:
        manifest = canonical.decode(signed)
        key = bytes.fromhex(manifest["key"])
        signature = bytes.fromhex(_part(archive, SIGNATURE, _LARGEST_SMALL_FILE).decode("ascii"))
        signed_texts.verify(SIGNED_KIND, signed, signature, key)
        is_ours = manifest["format"] == FORMAT
        files, pots = manifest["files"], manifest["pots"]
        names = {name: (one["size"], one["sha256"]) for name, one in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError, signed_texts.TextForged):
        raise ExportUnreadable(where=SIGNATURE) from None
    wanted = {RULEBOOK, *(_name(n, kind) for n in range(1, len(pots) + 1) for kind in _KINDS)}
    is_whole = set(names) == wanted and set(archive.namelist()) == wanted | {MANIFEST, SIGNATURE}
    if not is_ours or not is_whole:
        raise ExportUnreadable(where=MANIFEST)
    content = {name: _listed(archive, name, *said) for name, said in names.items()}
    return Export(
        manifest,
        key,
        content[RULEBOOK],
        tuple(
            PotParts(*(_items(content[_name(n, kind)], _name(n, kind)) for kind in _KINDS))
            for n in range(1, len(pots) + 1)
        ),
    )


_KINDS = ("envelopes", "entries")


def _name(number: int, kind: str) -> str:
    return f"pots/{number}/{kind}.txt"


def _part(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """Read one file, bounded by what the archive says before anything is unfolded."""
    try:
        known = archive.getinfo(name)
    except KeyError:
        raise ExportUnreadable(where=name) from None
    if known.file_size > largest:
        raise ExportUnreadable(where=name)
    return archive.read(known)


def _listed(archive: zipfile.ZipFile, name: str, size: object, sha256: object) -> bytes:
    content = _part(archive, name, _LARGEST_FILE)
    if len(content) != size or digest(content) != sha256:
        raise ExportUnreadable(where=name)
    return content


def _items(content: bytes, name: str) -> tuple[bytes, ...]:
    try:
        return tuple(base64.b64decode(line, validate=True) for line in content.splitlines())
    except binascii.Error:
        raise ExportUnreadable(where=name) from None
