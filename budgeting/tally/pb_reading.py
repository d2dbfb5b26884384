"""Reads the text of a .pb file into an election, or says at which line it cannot."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from budgeting.tally.election import Instance, Project
from budgeting.tally.pabulib import Election
from budgeting.tally.pb_ballots import BallotReader
from budgeting.tally.pb_values import (
    MalformedFile,
    decimals_of,
    plain_text,
    read_amount,
    read_number,
    shown,
)
from budgeting.vocabulary import BallotType

_SECTIONS = ("META", "PROJECTS", "VOTES")
_BALLOT_TYPES = {
    "approval": BallotType.APPROVAL,
    "choose-1": BallotType.APPROVAL,
    "ordinal": BallotType.ORDINAL,
    "cumulative": BallotType.CUMULATIVE,
    "scoring": BallotType.SCORING,
}
_AREA_COLUMNS = ("area", "district", "neighborhood", "subunit")
_CATEGORY_COLUMNS = ("categories", "category")
_DECIMALS_AT_LEAST = 2
_DECIMALS_AT_MOST = 6

_ONCE = frozenset({"budget", "vote_type", "num_projects", "num_votes", "max_sum_cost"})
_CUT_ENTITY = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+)$")

Row = tuple[int, list[str]]


@dataclass
class Lines:
    """The rows of the file, one by one, each with the number of its first line."""

    text: str
    given: int = 0

    def __iter__(self) -> Iterator[Row]:
        self.reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=";")
        first = 1
        try:
            for row in self.reader:
                if any(row) and not (len(row) == 1 and not row[0].strip()):
                    self.given += 1
                    yield first, row
                first = self.reader.line_num + 1
        except csv.Error as error:
            raise MalformedFile(first, f"expected fields divided by ';' ({error})") from error

    def rest_of_column(self, at: int, width: int) -> list[str] | None:
        """The column of all rows still to come at once; None if they are not all this wide."""
        column = []
        try:
            for row in self.reader:
                if len(row) != width:
                    if any(row):
                        return None
                elif row[at] or any(row):
                    column.append(row[at])
        except csv.Error:
            return None
        return column

    @property
    def is_cut_short(self) -> bool:
        """Whether the text ends within a line."""
        return not self.text.endswith(("\n", "\r"))

    def again(self) -> Iterator[Row]:
        """Begin once more behind the rows already given one by one."""
        return islice(iter(Lines(self.text)), self.given, None)


def read_text(text: str) -> Election:
    """Read the text of a whole file."""
    lines = Lines(text)
    rows = iter(lines)
    meta_line = _expect_section(rows, "META", 1)
    meta, lines_of = _read_meta(rows, meta_line)
    projects_line = lines_of.pop("PROJECTS")
    projects, selected, votes_line, unit = _read_projects(rows, meta, projects_line)
    ballot_type = _ballot_type(meta, lines_of.get("vote_type", meta_line))
    reader = BallotReader(ballot_type, frozenset(one.id for one in projects))
    profile = reader.read(lines, rows, votes_line)
    for key, found in (("num_projects", len(projects)), ("num_votes", len(profile.ballots))):
        _compare_number(meta, key, found, lines_of.get(key, meta_line))
    budget = _budget(meta, lines_of.get("budget", meta_line))
    instance = Instance(int(budget * unit), projects, unit, meta.get("currency", "") or "DKK")
    return Election(instance, profile, meta, selected)


def _expect_section(rows: Iterator[Row], name: str, line: int) -> int:
    for first, row in rows:
        if row[0].strip().upper() == name and not any(row[1:]):
            return first
        raise MalformedFile(first, f"expected the section {name}, found {shown(row[0])}")
    raise MalformedFile(line, f"expected the section {name}, found the end of the file")


def _is_section(row: list[str], name: str) -> bool:
    return row[0].strip().upper() == name and not any(row[1:])


def _rows_until(rows: Iterator[Row], name: str, start: int) -> Iterator[Row]:
    """The rows up to the next section; the section's own line comes last."""
    line = start
    for line, row in rows:
        yield line, row
        if _is_section(row, name):
            return
        if len(row) == 1 and row[0].strip().upper() in _SECTIONS:
            raise MalformedFile(line, f"expected the section {name}, found {row[0].strip()}")
    raise MalformedFile(line, f"expected the section {name}, found the end of the file")


def _read_meta(rows: Iterator[Row], start: int) -> tuple[dict[str, str], dict[str, int]]:
    """The values by key, and the line of each key and of the next section."""
    meta: dict[str, str] = {}
    lines_of: dict[str, int] = {}
    for line, row in _rows_until(rows, "PROJECTS", start):
        if _is_section(row, "PROJECTS"):
            lines_of["PROJECTS"] = line
            break
        key = row[0].strip().lower()
        if len(row) < 2:
            raise MalformedFile(line, f"expected key;value, found {shown(row[0])}")
        if key in meta and key in _ONCE:
            raise MalformedFile(line, f"expected each key once, found {shown(key)} again")
        meta[key] = plain_text(";".join(row[1:]))
        lines_of[key] = line
    meta.pop("key", None)
    return meta, lines_of


def _read_projects(
    rows: Iterator[Row], meta: dict[str, str], start: int
) -> tuple[tuple[Project, ...], dict[str, int], int, int]:
    section = _ProjectSection()
    for line, row in _rows_until(rows, "VOTES", start):
        if _is_section(row, "VOTES"):
            start = line
            break
        section.add(line, row)
    if section.columns is None or not section.rows:
        raise MalformedFile(start, "expected at least one project before the section VOTES")
    budget = read_number(meta.get("budget", ""))
    decimals = max([_DECIMALS_AT_LEAST, *(decimals_of(cost) for _, cost, _ in section.rows)])
    if budget is not None:
        decimals = max(decimals, decimals_of(budget))
    if decimals > _DECIMALS_AT_MOST:
        raise MalformedFile(start, f"expected money with at most {_DECIMALS_AT_MOST} decimals")
    unit = 10**decimals
    projects = tuple(section.project(row, int(cost * unit)) for _, cost, row in section.rows)
    return projects, section.selected, start, unit


class _ProjectSection:
    """The rows of PROJECTS, read by the names in their header."""

    def __init__(self) -> None:
        self.columns: dict[str, int] | None = None
        self.rows: list[tuple[str, Fraction, list[str]]] = []
        self.selected: dict[str, int] = {}
        self.seen: set[str] = set()

    def add(self, line: int, row: list[str]) -> None:
        """Take the header first, then one project."""
        if self.columns is None:
            self.columns = header(line, row, ("project_id", "cost"))
            return
        if len(row) > len(self.columns):
            row = _with_whole_entities(row)
        refuse_extra_fields(line, row, len(self.columns))
        project_id = self.field(row, "project_id")
        if not project_id or "," in project_id:
            raise MalformedFile(line, f"expected a project id, found {shown(project_id)}")
        if project_id in self.seen:
            raise MalformedFile(
                line, f"expected each project once, found {shown(project_id)} again"
            )
        self.seen.add(project_id)
        cost = read_amount(self.field(row, "cost"), line, "the cost")
        self.rows.append((project_id, cost, row))
        self._add_selected(line, project_id, self.field(row, "selected"))

    def _add_selected(self, line: int, project_id: str, text: str) -> None:
        if not text:
            return
        number = read_number(text)
        if number not in (0, 1, 2, 3):
            raise MalformedFile(line, f"expected selected as 0, 1, 2 or 3, found {shown(text)}")
        self.selected[project_id] = int(number)

    def field(self, row: list[str], name: str) -> str:
        """The field under a column's name; empty where the row or the file has none."""
        at = (self.columns or {}).get(name)
        return row[at].strip() if at is not None and at < len(row) else ""

    def project(self, row: list[str], cost: int) -> Project:
        """The project of a row, its cost already in smallest units."""
        categories = self._first(row, _CATEGORY_COLUMNS).split(",")
        return Project(
            id=self.field(row, "project_id"),
            cost=cost,
            name=plain_text(self.field(row, "name")),
            area=plain_text(self._first(row, _AREA_COLUMNS)),
            categories=tuple(plain_text(one) for one in categories if one.strip()),
        )

    def _first(self, row: list[str], names: tuple[str, ...]) -> str:
        return next((text for name in names if (text := self.field(row, name))), "")


def header(line: int, row: list[str], needed: tuple[str, ...]) -> dict[str, int]:
    """The place of each column; the needed ones must be there, and none twice."""
    columns: dict[str, int] = {}
    for at, name in enumerate(row):
        word = name.strip().lower()
        if word and word in columns:
            raise MalformedFile(line, f"expected each column once, found {shown(word)} again")
        columns[word or f"column {at}"] = at
    for name in needed:
        if name not in columns:
            raise MalformedFile(line, f"expected a column {name} in this header")
    return columns


def _with_whole_entities(row: list[str]) -> list[str]:
    """Join what an unquoted HTML entity like ``&amp;`` has cut in two."""
    joined = [row[0]]
    for field in row[1:]:
        if _CUT_ENTITY.search(joined[-1]):
            joined[-1] += ";" + field
        else:
            joined.append(field)
    return joined


def refuse_extra_fields(line: int, row: list[str], width: int) -> None:
    """Refuse a row with more fields than its header, where they say something."""
    if len(row) > width and any(row[width:]):
        raise MalformedFile(line, f"expected {width} fields, found {len(row)}")


def _ballot_type(meta: dict[str, str], line: int) -> BallotType:
    word = meta.get("vote_type", "").lower()
    if word not in _BALLOT_TYPES:
        known = ", ".join(_BALLOT_TYPES)
        raise MalformedFile(
            line, f"expected vote_type in META as one of {known}, found {shown(word)}"
        )
    if word == "approval" and "max_sum_cost" in meta:
        return BallotType.KNAPSACK
    if read_number(meta.get("default_score", "0")) != 0:
        raise MalformedFile(line, "expected default_score 0 or none")
    return _BALLOT_TYPES[word]


def _budget(meta: dict[str, str], line: int) -> Fraction:
    if "budget" not in meta:
        raise MalformedFile(line, "expected a budget in META")
    return read_amount(meta["budget"], line, "the budget")


def _compare_number(meta: dict[str, str], key: str, found: int, line: int) -> None:
    text = meta.get(key, "")
    if not text:
        return
    number = read_number(text)
    if number is None or number != found:
        raise MalformedFile(line, f"expected {shown(text)} by {key} in META, found {found}")
