"""Reads a roll line by line: what can be put on the roll, and why the other lines cannot.

A line that is refused carries its number and the reason, never the person's number or birth
date: what is said here may be shown, copied and logged.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from budgeting.services import civil_numbers
from budgeting.services import roll_refusals as refused
from budgeting.services.places_and_pots import same_name
from budgeting.services.roll_columns import Columns
from budgeting.services.roll_refusals import LineRefused
from budgeting.services.roll_table import DELIMITERS, RollTable

LONGEST_NUMBER = 80
LONGEST_ADDRESS_LINE = 100
OLDEST_YEARS = 125
ADDRESS_LINES = ("name", "street", "town")
TOLD_EVERY = 2_000
FORMULA = re.compile(r"[=@].*", re.DOTALL)
ERROR_VALUE = re.compile(
    r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|I/T|VÆRDI!|REFERENCE!|NAVN\?)"
)
WRONGLY_DECODED = re.compile("\ufffd|[ÃÂ][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]")
DANISH_DAY = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
MANY_DIGITS = re.compile(r"\d.*\d.*\d.*\d.*\d.*\d")


@dataclass(frozen=True)
class RollLine:
    """A person who may vote, as the file says it; kept out of logs by its own repr."""

    line: int
    identifier: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    area_id: int | None = field(repr=False)
    addressee: str | None = field(repr=False, default=None)


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
    columns: frozenset[str]

    @property
    def has_civil_numbers(self) -> bool:
        """Whether any of the numbers looks like a CPR number; then none of them is kept."""
        return any(civil_numbers.looks_like_one(line.identifier) for line in self.lines)


@dataclass(frozen=True)
class Known:
    """What a line is held against: the round's areas by name, and today."""

    areas: Mapping[str, int]
    today: date


def read(
    table: RollTable,
    columns: Columns,
    known: Known,
    tell: Callable[[int], None] | None = None,
) -> RollReading:
    """Read a whole table; `tell` hears now and then how many lines have been read."""
    reader = _LineReader(table, columns, known)
    sound, bad = [], []
    for count, (number, row) in enumerate(table.rows, 1):
        try:
            sound.append(reader.read(number, row))
        except LineRefused as reason:
            bad.append(RefusedLine(number, reason))
        if tell and count % TOLD_EVERY == 0:
            tell(count)
    if not sound and not bad:
        raise refused.NoVoters()
    return RollReading(tuple(sound), tuple(bad), frozenset(columns))


class _LineReader:
    """Reads lines one after the other and remembers where each number was met."""

    def __init__(self, table: RollTable, columns: Columns, known: Known) -> None:
        self._width = len(table.headings)
        self._others = [sign for sign in DELIMITERS if table.delimiter and sign != table.delimiter]
        self._columns = columns
        self._areas = {same_name(name): key for name, key in known.areas.items()}
        self._today = known.today
        self._met: dict[str, int] = {}

    def read(self, line: int, row: list[str]) -> RollLine:
        """Return the line as values, or raise the reason why it cannot be taken."""
        cells = self._cells(row)
        number = self._number(line, cells["number"])
        birth_date = self._birth_date(cells.get("birth_date", ""))
        area_id = self._area(cells.get("area", ""))
        return RollLine(line, number, birth_date, area_id, _addressee(cells))

    def _cells(self, row: list[str]) -> dict[str, str]:
        if len(row) > self._width and any(row[self._width :]):
            raise refused.TooManyCells(cells=len(row), columns=self._width)
        if len(row) < self._width and any(sign in cell for sign in self._others for cell in row):
            raise refused.MixedSeparators()
        cells = {
            name: row[place] if place < len(row) else "" for name, place in self._columns.items()
        }
        for text in cells.values():
            _refuse_unreadable(text)
        return cells

    def _number(self, line: int, number: str) -> str:
        if not number:
            raise refused.NumberMissing()
        if len(number) > LONGEST_NUMBER or not number.isprintable():
            raise refused.NumberTooLong(most=LONGEST_NUMBER)
        if civil_numbers.is_within(number) and not civil_numbers.looks_like_one(number):
            raise refused.CivilNumberAmongOthers()
        first = self._met.setdefault(civil_numbers.as_written_in_full(number), line)
        if first != line:
            raise refused.NumberTwice(first=first)
        return number

    def _birth_date(self, text: str) -> date | None:
        if not text:
            return None
        born = _day(text)
        if born > self._today:
            raise refused.BornInTheFuture()
        if born.year < self._today.year - OLDEST_YEARS:
            raise refused.BornTooLongAgo(years=OLDEST_YEARS)
        return born

    def _area(self, name: str) -> int | None:
        if not name:
            return None
        if same_name(name) not in self._areas:
            raise refused.UnknownArea(area=_without_numbers(name[:LONGEST_NUMBER]))
        return self._areas[same_name(name)]


def _refuse_unreadable(text: str) -> None:
    if FORMULA.fullmatch(text):
        raise refused.FormulaInCell()
    if ERROR_VALUE.fullmatch(text):
        raise refused.ErrorInCell()
    if WRONGLY_DECODED.search(text):
        raise refused.WronglyEncoded()


def _addressee(cells: Mapping[str, str]) -> str | None:
    """Return what stands in the window of the envelope, each part on a line."""
    lines = [" ".join(cells.get(name, "").split()) for name in ADDRESS_LINES]
    if any(len(line) > LONGEST_ADDRESS_LINE for line in lines):
        raise refused.AddressTooLong(most=LONGEST_ADDRESS_LINE)
    if any(civil_numbers.is_within(line) for line in lines):
        raise refused.CivilNumberInAddress()
    return "\n".join(line for line in lines if line) or None


def _without_numbers(text: str) -> str:
    """Return the text with many digits blotted out: the wrong column may hold anything."""
    return re.sub(r"\d", "#", text) if MANY_DIGITS.search(text) else text


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
