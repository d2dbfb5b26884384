"""First check: every file is the one the municipality signed for, and none is left out."""

import hashlib
from dataclasses import dataclass

from budgeting import canonical
from budgeting.ballotbox import bundle_layout as layout
from budgeting.ballotbox import signed_texts
from budgeting.verify import reading
from budgeting.verify.reading import Files
from budgeting.verify.refused import (
    FileChanged,
    FileMissing,
    FileUnlisted,
    ManifestForged,
    NotABundle,
    UnknownFormat,
    WrongKey,
)


@dataclass(frozen=True)
class Manifest:
    """What the bundle says it is, and who signed it."""

    budget_round: str
    title: str
    rulebook: str
    key: bytes
    files: frozenset[str]


def check_files(files: Files) -> Manifest:
    """Hold each file against the manifest; raises a BundleRefused."""
    manifest = _read(files)
    expected = manifest.files | {layout.MANIFEST, layout.SIGNATURE}
    for name in sorted(expected - files.names):
        raise FileMissing(file=name)
    for name in sorted(files.names - expected):
        raise FileUnlisted(file=name)
    with reading.shaped(layout.MANIFEST):
        listed = canonical.decode(files.content(layout.MANIFEST))["files"]
        wanted = {
            name: reading.record(listed[name], bytes=int, sha256=str) for name in sorted(listed)
        }
    for name, entry in wanted.items():
        content = files.content(name)
        if entry["bytes"] != len(content) or entry["sha256"] != _sha256(content):
            raise FileChanged(file=name)
    return manifest


def check_signature(files: Files, manifest: Manifest, wanted_key: str | None) -> None:
    """Hold the manifest against its signature, and the key against the one asked for."""
    signature = files.record(layout.SIGNATURE, key=str, signature=str)["signature"]
    if wanted_key is not None and wanted_key != manifest.key.hex():
        raise WrongKey(found=manifest.key.hex())
    try:
        signed_texts.verify(
            layout.SIGNED_KIND,
            files.content(layout.MANIFEST),
            _signature(signature),
            manifest.key,
        )
    except signed_texts.TextForged:
        raise ManifestForged from None


def _read(files: Files) -> Manifest:
    if layout.MANIFEST not in files.names:
        raise NotABundle
    with reading.shaped(layout.MANIFEST):
        spelled = canonical.decode(files.content(layout.MANIFEST))
        if spelled["format"] != layout.FORMAT:
            raise UnknownFormat(found=str(spelled["format"])[:60])
        reading.record(spelled, format=str, round=str, title=str, rulebook=str, files=dict)
    signature = files.record(layout.SIGNATURE, key=str, signature=str)
    with reading.shaped(layout.SIGNATURE):
        key = reading.digest(signature["key"])
    return Manifest(
        budget_round=spelled["round"],
        title=spelled["title"],
        rulebook=spelled["rulebook"],
        key=key,
        files=frozenset(spelled["files"]),
    )


def _signature(text: str) -> bytes:
    with reading.shaped(layout.SIGNATURE):
        return reading.digest(text, 64)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
