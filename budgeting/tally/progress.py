"""Says on a terminal how far a long count has come; silent elsewhere and in short counts."""

import time
from types import TracebackType
from typing import TextIO

PATIENCE = 1.0
EVERY = 0.2


class Ticker:
    """One line that is written over, and wiped at the end."""

    def __init__(self, terminal: TextIO) -> None:
        """Start the wait; nothing is written before the patience is over."""
        self.terminal = terminal
        self.next = time.monotonic() + PATIENCE
        self.has_written = False

    def __enter__(self) -> "Ticker":
        """Begin."""
        return self

    def tick(self, raises: int) -> None:
        """Tell how many times the shares have been raised."""
        if time.monotonic() < self.next or not self.terminal.isatty():
            return
        self.next = time.monotonic() + EVERY
        self.has_written = True
        self.terminal.write(f"\rraised {raises} times ...")
        self.terminal.flush()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wipe the line."""
        if self.has_written:
            self.terminal.write("\r\033[K")
            self.terminal.flush()
