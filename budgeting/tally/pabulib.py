"""Elections as Pabulib (pabulib.org) files them: ``read`` and ``write`` of .pb files.

A .pb file has three sections, META, PROJECTS and VOTES, with ``;`` between fields and CSV
quoting. Anything malformed is one ``MalformedFile`` with its line and what was expected.
"""

from dataclasses import dataclass, field
from pathlib import Path

from budgeting.tally.election import Instance, Profile
from budgeting.tally.pb_values import MalformedFile

__all__ = ["MOST_BYTES", "Election", "MalformedFile", "read", "write"]

MOST_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Election:
    """A whole file: what is counted, what else META says, and what was decided then.

    selected  per project the column of that name: 0 not funded, 1 funded, 2 funded from
              outside the budget, 3 as the file's comment says; empty if the file has none
    """

    instance: Instance
    profile: Profile
    meta: dict[str, str] = field(default_factory=dict)
    selected: dict[str, int] = field(default_factory=dict)


def read(path_or_text: str | bytes | Path, most_bytes: int = MOST_BYTES) -> Election:
    """Read a file by its path, or the text of one; larger than ``most_bytes`` is refused."""
    from budgeting.tally import pb_reading

    return pb_reading.read_text(_text_of(path_or_text, most_bytes))


def write(election: Election) -> str:
    """The text of a .pb file; voters are numbered from 1 and nothing else is said of them."""
    from budgeting.tally import pb_writing

    return pb_writing.write_text(election)


def _text_of(source: str | bytes | Path, most_bytes: int) -> str:
    if isinstance(source, str) and ("\n" in source or "\r" in source):
        _refuse_large(len(source), most_bytes)
        return source.removeprefix("\ufeff")
    if isinstance(source, bytes):
        _refuse_large(len(source), most_bytes)
        return _decoded(source)
    path = Path(source)
    _refuse_large(path.stat().st_size, most_bytes)
    return _decoded(path.read_bytes())


def _refuse_large(size: int, most_bytes: int) -> None:
    if size > most_bytes:
        raise MalformedFile(1, f"expected at most {most_bytes} bytes, found {size}")


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MalformedFile(line, "expected text in UTF-8") from error
