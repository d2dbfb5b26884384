"""Writes a bundle: the same contents always give the same bytes, on every machine.

Names are sorted, every entry has the same time, and nothing is compressed: compressors
differ from version to version, and a fingerprint of the whole file must hold anywhere.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping

from budgeting import canonical
from budgeting.ballotbox import bundle_layout

NO_TIME = (1980, 1, 1, 0, 0, 0)
MADE_ON_UNIX = 3
READABLE_BY_ALL = 0o644 << 16

README_TEXT = """\
Her er alt, hvad der er offentliggjort om optællingen i en runde: spilleregler, stemmesedler
uden navne, resultat med begrundelser, stemmeurnens liste og kommunens underskrifter.

Du kan tælle efter på din egen computer, uden net og uden at stole på kommunen:

    python -m budgeting.verify FILEN.zip

Sammenlign også den nøgle og det fingeraftryk, som programmet viser, med rundens side.

Ved rundens resultat ligger siden „Tæl selv efter". Dér kan din browser også tælle filen igen.

---

This is everything published about the count of one round: the rules, the nameless ballots,
the outcome with its reasons, the ballot box's list, and the municipality's signatures.
Check it on your own computer with the command above, or in your browser on the page "Count
for yourself" beside the result. Its projects and ballots are in the
format of Pabulib (pabulib.org).
"""

WITHOUT_BALLOTS = """\
Her er alt, hvad der er offentliggjort om optællingen i en runde: spilleregler, resultat med
begrundelser, stemmeurnens liste og kommunens underskrifter. Spillereglerne siger, at de enkelte
stemmesedler ikke bliver offentliggjort. Derfor kan andre ikke tælle dem igen.

Du kan kontrollere resten på din egen computer, uden net:

    python -m budgeting.verify FILEN.zip

Sammenlign også den nøgle og det fingeraftryk, som programmet viser, med rundens side.

---

This is everything published about the count of one round: the rules, the outcome with its
reasons, the ballot box's list, and the municipality's signatures. The rules say that single
ballots are not published, so nobody else can count them again. Check the rest with the
command above.
"""


def readme(*, has_ballots: bool) -> str:
    """Return what the bundle says of itself."""
    return README_TEXT if has_ballots else WITHOUT_BALLOTS


def with_manifest(
    contents: Mapping[str, bytes],
    about: Mapping[str, str],
    sign: Callable[[bytes], Mapping[str, str]],
) -> dict[str, bytes]:
    """Return the contents with a manifest over every file, and the signature under it."""
    files = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in contents.items()
    }
    manifest = canonical.encode({"format": bundle_layout.FORMAT, **about, "files": files})
    return {
        **contents,
        bundle_layout.MANIFEST: manifest,
        bundle_layout.SIGNATURE: canonical.encode(sign(manifest)),
    }


def as_zip(contents: Mapping[str, bytes]) -> bytes:
    """Return the ZIP of these files."""
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_STORED) as bundle:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.create_system = MADE_ON_UNIX
            entry.external_attr = READABLE_BY_ALL
            bundle.writestr(entry, contents[name])
    return paper.getvalue()
