"""A file from a stranger is bounded before it is unpacked, and anything but a bundle is told."""

import io
import struct
import sys
import tracemalloc
import zipfile
import zlib
from functools import cache

import pytest

from budgeting.ballotbox import bundle_layout as layout
from budgeting.verify import unpacking
from budgeting.verify.refused import BundleTooLarge, NotABundle

MEBIBYTE = 1024 * 1024
UNPACKED = 256 * MEBIBYTE


def zipped(names, content=b"x", compression=zipfile.ZIP_DEFLATED):
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w", compression) as bundle:
        for name in names:
            bundle.writestr(name, content)
    return paper.getvalue()


def unpack(tmp_path, content):
    file = tmp_path / "stranger.zip"
    file.write_bytes(content)
    return unpacking.unpack(file)


def encrypted():
    made = bytearray(zipped(["a"]))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(signature) + place] |= 1
    return bytes(made)


def with_comment():
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w") as bundle:
        bundle.comment = b"hej"
    return paper.getvalue()


NO_BUNDLES = {
    "nothing": b"",
    "text": b"Her er kommune, her er resultatet.\n" * 10,
    "noise": bytes(range(256)) * 40,
    "half a bundle": zipped(["a", "b"])[:80],
    "a bundle with its end cut off": zipped(["a", "b"])[:-1],
    "an encrypted one": encrypted(),
    "one with a comment": with_comment(),
    "one packed by a method of another kind": zipped(["a"], compression=zipfile.ZIP_BZIP2),
    "one that says it is very large": b"PK\x06\x07" + bytes(16) + zipped([])[-22:],
}


@pytest.mark.parametrize("content", NO_BUNDLES.values(), ids=NO_BUNDLES)
def test_what_is_no_bundle_is_told(tmp_path, content):
    with pytest.raises(NotABundle):
        unpack(tmp_path, content)


def test_a_bundle_that_a_browser_packed_anew_is_read(tmp_path):
    made = zipped(["manifest.json", "pots/", "pots/1/board.json"])

    assert sorted(unpack(tmp_path, made)) == ["manifest.json", "pots/1/board.json"]


@cache
def packed_nothing():
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    parts = [packer.compress(bytes(MEBIBYTE)) for _ in range(UNPACKED // MEBIBYTE)]
    return b"".join(parts) + packer.flush()


def bomb(said=None):
    """Much of nothing in little; ``said`` is what the directory says of its size."""
    packed = packed_nothing()
    name, size = b"rulebook.json", said or UNPACKED
    common = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 33, 0, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + common + name + packed
    directory = b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), len(local), 0)
    return local + directory + end


@pytest.mark.parametrize("said", [None, 100, 31 * MEBIBYTE], ids=["honest", "lies", "lies less"])
def test_a_bomb_is_never_unpacked(tmp_path, said):
    content = bomb(said)
    tracemalloc.start()

    with pytest.raises(NotABundle):
        unpack(tmp_path, content)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(content) < 2 * MEBIBYTE < UNPACKED
    assert most < 70 * MEBIBYTE


def test_too_many_files_are_not_unpacked(tmp_path):
    with pytest.raises(BundleTooLarge):
        unpack(tmp_path, zipped([f"{number}" for number in range(layout.MOST_FILES + 1)]))


def test_a_directory_that_is_longer_than_any_bundles_is_not_looked_at(tmp_path):
    long = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 2 * MEBIBYTE, 0, 0)
    with pytest.raises(BundleTooLarge):
        unpack(tmp_path, bytes(2 * MEBIBYTE) + long)


def test_all_files_together_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "MOST_BYTES", 1000)
    with pytest.raises(BundleTooLarge):
        unpack(tmp_path, zipped(["a", "b"], bytes(600)))


def test_the_whole_file_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "MOST_BYTES", -MEBIBYTE)
    with pytest.raises(BundleTooLarge):
        unpack(tmp_path, zipped(["a"]))


def test_json_that_is_nested_without_end_is_refused(files, refused):
    from tests.verify import bundles

    deep = b"[" * sys.getrecursionlimit() * 50
    assert refused(bundles.packed({**files, layout.NUMBERS: deep})) == "FileUnreadable"
