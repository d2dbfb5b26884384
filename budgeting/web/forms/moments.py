"""Reads a moment on a Danish clock: ``13-12-2026 23:59``, ``13.12.2026 kl. 23.59``."""

import re
from datetime import UTC, date, datetime

from budgeting.timezone import COPENHAGEN

DAY_FROM_THE_BROWSER = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
DAY_AS_TYPED = re.compile(r"(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4})", re.ASCII)
FROM_THE_BROWSER = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2})[:.](\d{2})(?::\d{2})?", re.ASCII
)
AS_TYPED = re.compile(
    r"(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4}),?\s*(?:kl\.?|at)?\s*(\d{1,2})[:.](\d{2})",
    re.ASCII,
)


class NotAMoment(ValueError):
    """What was written cannot be read as day and time."""


class NoSuchDay(NotAMoment):
    """The calendar or the clock has no such moment: 31 February, 25:00."""


class SkippedHour(NotAMoment):
    """The clock jumps over this hour when summer time begins."""


class DoubleHour(NotAMoment):
    """The hour comes twice when summer time ends, so the moment is not told apart."""


def read_moment(text: str) -> datetime:
    """Return the moment in UTC, or raise the NotAMoment that tells what is wrong with it."""
    local = _read_local(text.strip())
    first, second = (local.replace(tzinfo=COPENHAGEN, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC) > second.astimezone(UTC):
        raise SkippedHour(text)
    raise DoubleHour(text)


def _read_local(text: str) -> datetime:
    if found := FROM_THE_BROWSER.fullmatch(text):
        year, month, day, hour, minute = map(int, found.groups())
    elif found := AS_TYPED.fullmatch(text):
        day, month, year, hour, minute = map(int, found.groups())
    else:
        raise NotAMoment(text)
    try:
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001  (the zone comes next)
    except ValueError as error:
        raise NoSuchDay(text) from error


def read_day(text: str) -> date:
    """Return the day, or raise the NotAMoment that tells what is wrong with it."""
    typed = text.strip()
    if found := DAY_FROM_THE_BROWSER.fullmatch(typed):
        year, month, day = map(int, found.groups())
    elif found := DAY_AS_TYPED.fullmatch(typed):
        day, month, year = map(int, found.groups())
    else:
        raise NotAMoment(text)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDay(text) from error
