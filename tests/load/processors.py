"""What used the processors while something was measured: ourselves, and everybody else."""

import os
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROCESSORS = os.cpu_count() or 1
BUSY = (0, 1, 2, 5, 6)  # user, nice, system, irq, softirq of /proc/stat


class Watch:
    """Reads the processors' clocks when made, and says what was used since."""

    def __init__(self, *processes):
        self.processes = [os.getpid(), *processes]
        self.begun, self.busy, self.ours = time.perf_counter(), busy(), seconds_of(self.processes)
        self.load = os.getloadavg()[0]

    def told(self, pieces):
        """One line: the load before and after, how many processors we and others used, and for what."""
        passed = time.perf_counter() - self.begun
        used = seconds_of(self.processes) - self.ours
        others = max(0.0, (busy() - self.busy - used) / passed)
        return (
            f"{used / pieces * 1000:.1f} ms of a processor each; load {self.load:.0f} before, "
            f"{os.getloadavg()[0]:.0f} after; of {PROCESSORS} processors we used "
            f"{used / passed:.2f}, others {others:.2f}"
        )


def busy():
    """Seconds all processors have worked since the machine was started."""
    numbers = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    return sum(int(numbers[place]) for place in BUSY) / TICKS


def seconds_of(processes):
    """Seconds these processes and all they have started have worked."""
    return sum(seconds(one) for one in descendants(processes)) / TICKS


def seconds(process):
    try:
        words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(words[11]) + int(words[12])


def descendants(processes):
    """These processes and everything that was started by them."""
    parents = {process: parent for process in all_processes() if (parent := parent_of(process))}
    found, grown = set(), set(processes)
    while grown:
        found |= grown
        grown = {one for one, parent in parents.items() if parent in grown} - found
    return found


def all_processes():
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def parent_of(process):
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def memory_mb(process):
    """What one process holds: its resident memory, and its own share where pages are shared."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0, 0.0
    lines = dict(line.split(":", 1) for line in text.splitlines()[1:] if ":" in line)
    return tuple(int(lines[name].split()[0]) / 1024 for name in ("Rss", "Pss"))
