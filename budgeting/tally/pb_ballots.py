"""Reads the section VOTES: one ballot per row, equal rows sharing one value.

A tidy column of votes without points is taken at once; anything else is read row by row,
which is also how an error finds its line.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from budgeting.tally.election import POINTED, Ballot, Profile
from budgeting.tally.pb_values import MalformedFile, decimals_of, read_number, shown
from budgeting.tally.vote_rows import VoteRows
from budgeting.vocabulary import BallotType

if TYPE_CHECKING:
    from budgeting.tally.pb_reading import Lines

Row = tuple[int, list[str]]


class BallotReader:
    """Turns rows into ballots; what was read once is remembered by its text."""

    def __init__(self, ballot_type: BallotType, known: frozenset[str]) -> None:
        self.ballot_type = ballot_type
        self.known = {project_id: project_id for project_id in known}
        self.by_text: dict[object, Ballot] = {}
        self.exact_points: dict[int, tuple[Fraction, ...]] = {}
        self.points_unit = 1

    def read(self, lines: "Lines", rows: Iterator[Row], start: int) -> Profile:
        """All ballots of the section; a last row that broke off is refused."""
        from budgeting.tally import pb_reading

        columns: dict[str, int] | None = None
        for line, row in rows:
            needed = ("voter_id", "vote", "points") if self._has_points else ("voter_id", "vote")
            columns = pb_reading.header(line, row, needed)
            break
        if columns is None:
            raise MalformedFile(start, "expected a header after VOTES, found the end of the file")
        if not self._has_points and (tidy := self._read_at_once(lines, columns)) is not None:
            return Profile(self.ballot_type, tidy)
        rows = rows if self._has_points else lines.again()
        ballots, last = self._read_rows(rows, columns)
        if lines.is_cut_short and ballots and last[1] < len(columns):
            raise MalformedFile(last[0], f"expected {len(columns)} fields, found {last[1]}")
        return Profile(self.ballot_type, self._with_whole_points(ballots), self.points_unit)

    def _read_at_once(self, lines: "Lines", columns: dict[str, int]) -> VoteRows | None:
        """The whole column of votes; None if it needs a closer look."""
        texts = lines.rest_of_column(columns["vote"], len(columns))
        try:
            return None if texts is None else VoteRows(texts, self.known)
        except KeyError:
            return None

    @property
    def _has_points(self) -> bool:
        return self.ballot_type in POINTED

    def _read_rows(
        self, rows: Iterator[Row], columns: dict[str, int]
    ) -> tuple[list[Ballot], tuple[int, int]]:
        has_points, vote_at = self._has_points, columns["vote"]
        points_at = columns["points"] if has_points else vote_at
        least = max(vote_at, points_at, columns["voter_id"]) + 1
        width = len(columns)
        by_text = self.by_text
        ballots: list[Ballot] = []
        line, row = 0, [""] * width
        for line, row in rows:
            size = len(row)
            if size != width and (size < least or any(row[width:])):
                raise MalformedFile(line, f"expected {width} fields, found {size}")
            key = (row[vote_at], row[points_at]) if has_points else row[vote_at]
            ballot = by_text.get(key)
            if ballot is None:
                ballot = self._read_ballot(line, row[vote_at], row[points_at])
                by_text[key] = ballot
            ballots.append(ballot)
        return ballots, (line, len(row))

    def _read_ballot(self, line: int, vote: str, points: str) -> Ballot:
        listed = [one.strip() for one in vote.split(",")] if vote.strip() else []
        for project_id in listed:
            if project_id not in self.known:
                raise MalformedFile(
                    line, f"expected projects listed above, found {shown(project_id)} in the vote"
                )
        first_at = {self.known[one]: at for at, one in reversed(list(enumerate(listed)))}
        choices = tuple(dict.fromkeys(self.known[one] for one in listed))
        if not self._has_points:
            return Ballot(choices)
        numbers = self._read_points(line, points)
        if len(numbers) != len(listed):
            raise MalformedFile(
                line, f"expected {len(listed)} points, one for each project, found {len(numbers)}"
            )
        return self._pointed(choices, tuple(numbers[first_at[one]] for one in choices))

    def _read_points(self, line: int, text: str) -> list[Fraction]:
        numbers = []
        for one in text.split(",") if text.strip() else []:
            number = read_number(one)
            if number is None or number.denominator > 10**6:
                raise MalformedFile(line, f"expected points as numbers from 0, found {shown(one)}")
            numbers.append(number)
        return numbers

    def _pointed(self, choices: tuple[str, ...], numbers: tuple[Fraction, ...]) -> Ballot:
        self.points_unit = max(self.points_unit, *(10 ** decimals_of(one) for one in numbers), 1)
        ballot = Ballot(choices, tuple(int(one) for one in numbers))
        if any(one.denominator != 1 for one in numbers):
            self.exact_points[id(ballot)] = numbers
        return ballot

    def _with_whole_points(self, ballots: list[Ballot]) -> tuple[Ballot, ...]:
        """Decimals of points become whole numbers by one common unit."""
        if self.points_unit == 1:
            return tuple(ballots)
        scaled: dict[int, Ballot] = {}
        for ballot in self.by_text.values():
            exact = self.exact_points.get(id(ballot), ballot.points or ())
            points = tuple(int(one * self.points_unit) for one in exact)
            scaled[id(ballot)] = Ballot(ballot.choices, points)
        return tuple(scaled[id(ballot)] for ballot in ballots)
