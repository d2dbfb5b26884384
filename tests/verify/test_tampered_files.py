"""A stranger who alters, adds or takes away a file is found out, whatever the file is."""

import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgeting import canonical
from budgeting.ballotbox import bundle_layout as layout
from budgeting.reports import bundle_file
from budgeting.verify import manifests, unpacking
from budgeting.verify.checking import Kept
from budgeting.verify.reading import Files
from budgeting.verify.refused import BundleRefused
from tests.verify import bundles

BALLOTS = "pots/1/ballots.pb"


def resigned_by_stranger(files):
    return bundles.packed(bundles.replaced(files, BALLOTS, "\n1;", "\n01;"), key=b"\x01" * 32)


def manifest_as_read(files, change):
    """A manifest that fits its files but not the signature."""
    manifest = json.loads(files[layout.MANIFEST])
    change(manifest)
    return {**files, layout.MANIFEST: canonical.encode(manifest)}


def twice(files):
    paper = io.BytesIO(bundle_file.as_zip(files))
    with zipfile.ZipFile(paper, "a") as bundle, pytest.warns(UserWarning, match="Duplicate"):
        bundle.writestr(BALLOTS, b"META\n")
    return paper.getvalue()


TAMPERED = {
    "a ballot is altered": (
        lambda files: bundles.replaced(files, BALLOTS, "VOTES", "VOTES "),
        "FileChanged",
    ),
    "the rules are altered": (
        lambda files: bundles.replaced(files, layout.RULEBOOK, "Assen", "Essen"),
        "FileChanged",
    ),
    "the explanation is altered": (
        lambda files: bundles.replaced(files, layout.README, "Du kan", "Tro os"),
        "FileChanged",
    ),
    "a file is emptied": (lambda files: {**files, "pots/1/board.json": b""}, "FileChanged"),
    "a file is taken away": (
        lambda files: {name: files[name] for name in files if name != layout.DECISION},
        "FileMissing",
    ),
    "a file is added": (lambda files: {**files, "pots/2/ballots.pb": b""}, "FileUnlisted"),
    "a file is hidden in a folder of a Mac": (
        lambda files: {**files, "__MACOSX/._rulebook.json": b"x"},
        "FileUnlisted",
    ),
    "the signature is taken away": (
        lambda files: {name: files[name] for name in files if name != layout.SIGNATURE},
        "FileMissing",
    ),
    "the signature is another": (
        lambda files: bundles.edited(
            files, layout.SIGNATURE, lambda said: said.update(signature="00" * 64)
        ),
        "ManifestForged",
    ),
    "the key is another": (
        lambda files: bundles.edited(
            files, layout.SIGNATURE, lambda said: said.update(key=bundles.PUBLIC.hex()[::-1])
        ),
        "ManifestForged",
    ),
    "the title is another": (
        lambda files: manifest_as_read(files, lambda said: said.update(title="Valget")),
        "ManifestForged",
    ),
    "the signature is no signature": (
        lambda files: bundles.edited(
            files, layout.SIGNATURE, lambda said: said.update(signature="nej")
        ),
        "FileUnreadable",
    ),
    "the manifest lists nothing": (
        lambda files: manifest_as_read(files, lambda said: said.update(files=[])),
        "FileUnreadable",
    ),
    "the manifest is not canonical": (
        lambda files: {**files, layout.MANIFEST: files[layout.MANIFEST] + b"\n"},
        "FileUnreadable",
    ),
    "the manifest is of another make": (
        lambda files: manifest_as_read(files, lambda said: said.update(format="min-egen-9")),
        "UnknownFormat",
    ),
    "there is no manifest": (
        lambda files: {name: files[name] for name in files if name != layout.MANIFEST},
        "NotABundle",
    ),
    "two files have one name": (twice, "FileTwice"),
}


@pytest.mark.parametrize(("tamper", "reason"), TAMPERED.values(), ids=TAMPERED)
def test_a_stranger_is_found_out(files, refused, tamper, reason):
    made = tamper(files)
    bundle = made if isinstance(made, bytes) else bundle_file.as_zip(made)

    assert refused(bundle) == reason


def test_a_bundle_signed_by_a_stranger_is_refused_by_those_who_know_the_key(files, refused):
    known = Kept(key=bundles.PUBLIC.hex())

    assert refused(resigned_by_stranger(files), known) == "WrongKey"


def test_a_bundle_signed_by_a_stranger_is_refused_for_its_heads_by_all_others(files, refused):
    assert refused(resigned_by_stranger(files)) == "HeadByAnotherKey"


def test_another_rulebook_than_on_ones_receipt_is_refused(assen, refused):
    assert refused(assen, Kept(fingerprint="ab" * 32)) == "FingerprintDiffers"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_no_flipped_bit_changes_what_is_read(assen, tmp_path, place, bit):
    """A bit of the ZIP's own bookkeeping may mean nothing; then every file reads as before."""
    place %= len(assen)
    flipped = bytearray(assen)
    flipped[place] ^= 1 << bit
    file = tmp_path / "flipped.zip"
    file.write_bytes(flipped)
    try:
        read = unpacking.unpack(file)
        if read != bundles.unpacked(assen):
            manifests.check_files(Files(read))
            raise AssertionError("the change was overlooked")
    except BundleRefused:
        return


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(drawn=st.data())
def test_no_flipped_bit_in_a_file_is_overlooked(assen, drawn):
    files = bundles.unpacked(assen)
    name = drawn.draw(st.sampled_from(sorted(files)))
    place = drawn.draw(st.integers(0, len(files[name]) - 1))
    content = bytearray(files[name])
    content[place] ^= 1 << drawn.draw(st.integers(0, 7))

    changed = Files({**files, name: bytes(content)})

    with pytest.raises(BundleRefused):
        manifests.check_signature(changed, manifests.check_files(changed), None)
