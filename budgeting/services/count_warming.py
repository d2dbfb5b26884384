"""Compiles the count's kernels once per machine, in a process that then ends.

What is compiled lies in a cache on disk, so that the worker who counts a large round only
loads it, and no worker that never counts carries numba in its memory.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WARM = "from budgeting.tally import compiling; compiling.warm()"


def warm_apart() -> "subprocess.Popen[bytes]":
    """Begin to compile beside whatever goes on; counting meanwhile is correct, only slower."""
    return subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", WARM],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
