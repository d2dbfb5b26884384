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
from tests import make

ASSEN = Path(__file__).parent.parent / "data" / "Netherlands_Assen_2024.pb"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
KEY = bytes.fromhex("b0" * 32)
PUBLIC = signed_heads.verifying_key_of(KEY)


def of_assen(folder):
    """Assen 2024 imported, counted, published and adopted by the services, as bytes."""
    from budgeting import clock, create_app
    from budgeting.extensions import db

    before = clock._offset_file
    app = create_app(
        {
            "SECRET_KEY": "a-secret-that-is-only-for-tests",
            "DATABASE_URL": f"sqlite:///{folder / 'assen.sqlite'}",
            "BOARD_SIGNING_KEY": KEY.hex(),
        }
    )
    clock._offset_file = before
    with app.app_context():
        db.create_all()
        made = _of_assen(db.session)
        db.session.remove()
        db.engine.dispose()
    return made


def _of_assen(session):
    from budgeting.services import bundles as services
    from budgeting.services import counting, decisions, importing, publishing
    from budgeting.services.decisions import Choice
    from budgeting.tally import pabulib
    from budgeting.vocabulary import Role

    imported = importing.import_election(
        pabulib.read(ASSEN),
        wishes=importing.Wishes(slug="assen", ties="cost,lot"),
        passphrase=make.PASSPHRASE,
        now=NOW,
    )
    admin, council = make.account(session, Role.ADMIN), make.account(session, Role.COUNCIL)
    counting.count(by=admin, budget_round=imported, passphrases={0: make.PASSPHRASE}, now=NOW)
    publishing.publish(by=admin, budget_round=imported, now=NOW)
    choices = {
        project.id: Choice(is_recommended)
        for project, is_recommended in decisions.recommended(session, imported)
    }
    decisions.adopt(
        by=council, budget_round=imported, choices=choices, reference="Punkt 7", now=NOW
    )
    return services.made(session(), imported)


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
