"""Reads a roll line by line: what can be put on the roll, and why the other lines cannot.

A line that is refused carries its number and the reason, never the person's number or birth
date: what is said here may be shown, copied and logged.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from budgeting.services import roll_refusals as refused
from budgeting.services.places_and_pots import same_name
from budgeting.services.roll_refusals import LineRefused

DELIMITERS = (";", "\t", ",")
LONGEST_NUMBER = 80
OLDEST_YEARS = 125
COLUMNS = {
    "nummer": "number",
    "number": "number",
    "fødselsdato": "birth_date",
    "foedselsdato": "birth_date",
    "birth date": "birth_date",
    "område": "area",
    "omraade": "area",
    "lokalområde": "area",
    "area": "area",
}
NAMES = {"number": "nummer", "birth_date": "fødselsdato", "area": "område"}
CIVIL_NUMBER = re.compile(r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d\d[- ]?\d{4}")
DANISH_DAY = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True)
class RollLine:
    """A person who may vote, as the file says it; kept out of logs by its own repr."""

    roll_number: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    area_id: int | None = field(repr=False)


@dataclass(frozen=True)
class RefusedLine:
    """A line that cannot be put on the roll, and why."""

    line: int
    reason: LineRefused


@dataclass(frozen=True)
class RollReading:
    """All lines of a file, sound and refused, in the file's order."""

    lines: tuple[RollLine, ...]
    refused: tuple[RefusedLine, ...]

    @property
    def without_area(self) -> int:
        """How many live in no area of the round, and vote only about pots for everyone."""
        return sum(line.area_id is None for line in self.lines)

    @property
    def without_birth_date(self) -> int:
        """How many are old enough because the municipality says so."""
        return sum(line.birth_date is None for line in self.lines)


@dataclass(frozen=True)
class Known:
    """What a line is held against: the round's areas by name, the numbers taken, and today."""

    areas: Mapping[str, int]
    taken: frozenset[str]
    today: date


def read(text: str, known: Known) -> RollReading:
    """Read a whole file; the header says which column is which."""
    rows = _rows(text)
    columns = _columns(next(rows, (1, []))[1])
    reader = _LineReader({same_name(name): key for name, key in known.areas.items()}, known)
    sound, bad = [], []
    for number, row in rows:
        try:
            sound.append(reader.read(number, _cells(row, columns)))
        except LineRefused as reason:
            bad.append(RefusedLine(number, reason))
    if not sound and not bad:
        raise refused.NoVoters()
    return RollReading(tuple(sound), tuple(bad))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty with the number of the line it begins on."""
    text = text.lstrip("\ufeff")
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=head.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    while True:
        try:
            row = next(table, None)
        except csv.Error as error:
            raise refused.Unreadable(line=begins) from error
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield begins, row
        begins = table.line_num + 1


def _columns(header: list[str]) -> list[str | None]:
    columns = [COLUMNS.get(same_name(cell)) for cell in header]
    for column, name in NAMES.items():
        if column not in columns:
            raise refused.ColumnMissing(column=name)
        if columns.count(column) > 1:
            raise refused.ColumnTwice(column=name)
    return columns


def _cells(row: list[str], columns: list[str | None]) -> dict[str, str]:
    if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
        raise refused.TooManyCells(cells=len(row), columns=len(columns))
    found = {name: cell.strip() for name, cell in zip(columns, row, strict=False) if name}
    return {name: found.get(name, "") for name in NAMES}


class _LineReader:
    """Reads lines one after the other and remembers where each number was met."""

    def __init__(self, areas: Mapping[str, int], known: Known) -> None:
        self._areas = areas
        self._known = known
        self._met: dict[str, int] = {}

    def read(self, line: int, cells: Mapping[str, str]) -> RollLine:
        """Return the line as values, or raise the reason why it cannot be taken."""
        number = self._number(line, cells["number"])
        return RollLine(number, self._birth_date(cells["birth_date"]), self._area(cells["area"]))

    def _number(self, line: int, number: str) -> str:
        if not number:
            raise refused.NumberMissing()
        if len(number) > LONGEST_NUMBER or not number.isprintable():
            raise refused.NumberTooLong(most=LONGEST_NUMBER)
        if CIVIL_NUMBER.fullmatch(number):
            raise refused.CivilNumber()
        first = self._met.setdefault(number, line)
        if first != line:
            raise refused.NumberTwice(first=first)
        if number in self._known.taken:
            raise refused.AlreadyOnRoll()
        return number

    def _birth_date(self, text: str) -> date | None:
        if not text:
            return None
        born = _day(text)
        if born > self._known.today:
            raise refused.BornInTheFuture()
        if born.year < self._known.today.year - OLDEST_YEARS:
            raise refused.BornTooLongAgo(years=OLDEST_YEARS)
        return born

    def _area(self, name: str) -> int | None:
        if not name:
            return None
        if same_name(name) not in self._areas:
            raise refused.UnknownArea(area=name[:LONGEST_NUMBER])
        return self._areas[same_name(name)]


def _day(text: str) -> date:
    if found := ISO_DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := DANISH_DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        raise refused.NotADay()
    try:
        return date(year, month, day)
    except ValueError:
        raise refused.NotADay() from None
