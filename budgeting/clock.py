"""The one clock of the house: UTC with zone; a demo or a test may shift it by a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

_offset_file: Path | None = None


def shift_by(file: str | None) -> None:
    """Read the clock's shift, in whole seconds, from this file; None stops shifting."""
    global _offset_file
    _offset_file = Path(file) if file else None


def now() -> datetime:
    """Return the present moment in UTC, shifted where a shift is set."""
    return datetime.now(UTC) + offset()


def offset() -> timedelta:
    """Return how far the clock is shifted; zero where no shift is set."""
    if _offset_file is None or not _offset_file.exists():
        return timedelta(0)
    return timedelta(seconds=int(_offset_file.read_text() or 0))


def set_offset(shift: timedelta) -> None:
    """Shift the clock for every process that reads the same file."""
    if _offset_file is None:
        raise RuntimeError("The clock can only be shifted where CLOCK_OFFSET_FILE is set.")
    _offset_file.write_text(str(int(shift.total_seconds())))
