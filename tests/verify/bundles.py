"""Makes bundles for tests: real ones from the services' own round, and tampered ones from these.

A dishonest platform has the signing key: `packed` writes the manifest anew and signs it, so
that what a test changes is met by the check it is meant for. A stranger has not: `as_stranger`
changes a file and leaves manifest and signature as they were.
"""

import io
import json
import zipfile
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from budgeting import canonical
from budgeting.ballotbox import board, signed_heads, signed_texts
from budgeting.ballotbox import bundle_layout as layout
from budgeting.ballotbox.signed_heads import TreeHead
from budgeting.reports import bundle_file
from budgeting.verify.checking import Checking

KEY = bytes.fromhex("b0" * 32)
PUBLIC = signed_heads.verifying_key_of(KEY)


def unpacked(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(files, key=KEY):
    """The bundle of these files as a platform with the key would sign it."""
    about = json.loads(files[layout.MANIFEST])
    contents = {
        name: content
        for name, content in files.items()
        if name not in (layout.MANIFEST, layout.SIGNATURE)
    }
    return bundle_file.as_zip(
        bundle_file.with_manifest(
            contents,
            {name: about[name] for name in ("round", "title", "rulebook")},
            lambda manifest: signature_of(manifest, key),
        )
    )


def signature_of(manifest, key=KEY):
    return {
        "key": signed_heads.verifying_key_of(key).hex(),
        "signature": signed_texts.sign(layout.SIGNED_KIND, manifest, key).hex(),
    }


def edited(files, name, change):
    """The files with one JSON file changed in place by a function."""
    value = json.loads(files[name])
    changed = change(value)
    return {**files, name: canonical.encode(value if changed is None else changed)}


def replaced(files, name, old, new, times=1):
    """The files with a piece of one text changed; the piece must be there."""
    assert old.encode() in files[name], f"{old!r} is not in {name}"
    return {**files, name: files[name].replace(old.encode(), new.encode(), times)}


def head(files, entries, *, pot=None, minute=0, size=None, root=None, key=KEY):
    """A head as `heads.json` holds it, over these entries."""
    rulebook = canonical.fingerprint(files[layout.RULEBOOK])
    first_pot = json.loads(files[layout.RULEBOOK])["pots"][0]["name"]
    tree = board.Tree(board.leaf_hash(bytes.fromhex(one)) for one in entries)
    made = TreeHead(
        budget_round=rulebook,
        pot=pot or first_pot,
        size=len(entries) if size is None else size,
        root=root or tree.root(),
        time=datetime(2026, 11, 1, 12, minute, tzinfo=UTC),
    )
    return {
        "head": json.loads(made.to_bytes()),
        "key": signed_heads.verifying_key_of(key).hex(),
        "signature": signed_heads.sign(made, key).hex(),
        "consistency": [],
    }


def proved(heads, entries):
    """The heads with true proofs that each only adds to the one before, over these entries."""
    tree = board.Tree(board.leaf_hash(bytes.fromhex(one)) for one in entries)
    for earlier, later in pairwise(heads):
        proof = tree.consistency_proof(earlier["head"]["size"], later["head"]["size"])
        later["consistency"] = [one.hex() for one in proof]
    return heads


def checked(bundle: bytes, folder: Path, kept=None):
    """Run every check on these bytes; the steps that held, or the refusal that is raised."""
    file = folder / "bundle.zip"
    file.write_bytes(bundle)
    return list(Checking(file, kept).run())
