"""Takes the files out of a ZIP from a stranger, without ever taking in more than a bundle holds.

The end of the file is read first: a directory that is too long is never looked at. Then every
file is read up to the limit of its kind, whatever the directory says of its size.
"""

import struct
import zipfile
import zlib
from pathlib import Path

from budgeting.ballotbox import bundle_layout as layout
from budgeting.verify.refused import BundleTooLarge, FileNotFound, FileTwice, NotABundle

# The end of a ZIP: signature, two disk numbers, two counts, size and place of the directory.
_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_LARGE_END_SIGNATURE = b"PK\x06\x07"
_LARGE_END_LENGTH = 20
_MOST_BYTES_OF_DIRECTORY = layout.MEBIBYTE
_KNOWN_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    IndexError,
    OSError,
)


def unpack(file: Path) -> dict[str, bytes]:
    """Return the content of every file by its name; raises NotABundle or FileTwice."""
    _refuse_unlikely(file)
    try:
        with zipfile.ZipFile(file) as bundle:
            return _contents(bundle)
    except _BROKEN:
        raise NotABundle from None


def _refuse_unlikely(file: Path) -> None:
    """Look at the end of the file before anything else does."""
    try:
        size = file.stat().st_size
        with file.open("rb") as opened:
            opened.seek(max(0, size - _END.size - _LARGE_END_LENGTH))
            tail = opened.read()
    except OSError:
        raise FileNotFound(file=file.name) from None
    if size > layout.MOST_BYTES + layout.MEBIBYTE:
        raise BundleTooLarge
    if len(tail) < _END.size or _LARGE_END_SIGNATURE in tail[: -_END.size]:
        raise NotABundle
    signature, *_, directory_size, _, comment = _END.unpack(tail[-_END.size :])
    if signature != _END_SIGNATURE or comment:
        raise NotABundle
    if directory_size > _MOST_BYTES_OF_DIRECTORY:
        raise BundleTooLarge


def _contents(bundle: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [one for one in bundle.infolist() if not one.is_dir()]
    if len(entries) > layout.MOST_FILES:
        raise BundleTooLarge
    contents: dict[str, bytes] = {}
    left = layout.MOST_BYTES
    for entry in entries:
        if entry.filename in contents:
            raise FileTwice(file=entry.filename)
        contents[entry.filename] = _content(bundle, entry, left)
        left -= len(contents[entry.filename])
    return contents


def _content(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    most = min(layout.most_bytes(entry.filename), left)
    if entry.compress_type not in _KNOWN_COMPRESSION:
        raise NotABundle
    if entry.file_size > most:
        raise BundleTooLarge
    with bundle.open(entry) as opened:
        content = opened.read(most + 1)
    if len(content) > most:
        raise BundleTooLarge
    return content
