"""Reads the files of a bundle: canonical JSON of exactly the expected shape, or a refusal."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from budgeting import canonical
from budgeting.verify.refused import FileMissing, FileUnreadable

_WRONG_SHAPE = (ValueError, KeyError, TypeError, AttributeError, AssertionError, RecursionError)


class Files:
    """The files of a bundle by their names."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        """Keep what was unpacked."""
        self._contents = contents

    @property
    def names(self) -> frozenset[str]:
        """The names of the files that are there."""
        return frozenset(self._contents)

    def content(self, name: str) -> bytes:
        """The bytes of a file; raises FileMissing."""
        if name not in self._contents:
            raise FileMissing(file=name)
        return self._contents[name]

    def record(self, name: str, **kinds: type) -> dict[str, Any]:
        """A file that is one record with exactly these fields."""
        return self.record_with(name, {}, **kinds)

    def record_with(self, name: str, may: Mapping[str, type], **kinds: type) -> dict[str, Any]:
        """A file that is one record with these fields, and perhaps those it may have."""
        with shaped(name):
            return record_with(may, canonical.decode(self.content(name)), **kinds)


@contextmanager
def shaped(name: str) -> Iterator[None]:
    """Turn whatever goes wrong while a file is read into a refusal that names the file."""
    try:
        yield
    except _WRONG_SHAPE:
        raise FileUnreadable(file=name) from None


def record(value: Any, **kinds: type) -> dict[str, Any]:
    """Return a mapping that has exactly these fields, each of exactly this type."""
    return record_with({}, value, **kinds)


def record_with(may: Mapping[str, type], value: Any, **kinds: type) -> dict[str, Any]:
    """Return a mapping that has these fields, and none beside them but those it may have."""
    if not isinstance(value, dict) or not set(kinds) <= set(value) <= set(kinds) | set(may):
        raise ValueError("other fields than expected")
    known = {**may, **kinds}
    if any(type(inner) is not known[field] for field, inner in value.items()):
        raise ValueError("a field of another type than expected")
    return value


def digest(text: str, length: int = 32) -> bytes:
    """Return so many bytes that are written in lower-case hexadecimal."""
    read = bytes.fromhex(text)
    if len(read) != length or read.hex() != text:
        raise ValueError("not so many bytes in hexadecimal")
    return read
