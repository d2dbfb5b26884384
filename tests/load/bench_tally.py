"""Times the count against pabutools, paired in one run, and prints the table of docs/benchmarks.md.

    python -m tests.load.bench_tally                 the files of tests/data and made-up elections
    PABULIB_DIR=folder python -m tests.load.bench_tally     every .pb file of a folder
    python -m tests.load.bench_tally --kernels       interpreted, numpy and numba side by side

CPU seconds are of one process after reading the file, with the kernels already compiled;
each engine has a process of its own, so that peak memory is its own. pabutools is cut at
--limit CPU seconds per count, and the table says so.
"""

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.load import made_up

DATA = Path(__file__).parent.parent / "data"
RULES = ("greedy", "equal-shares", "phragmen", "add1")
HEAD = (
    "file",
    "voters",
    "rule",
    "ours s",
    "pabutools s",
    "ratio",
    "ours MB",
    "pabutools MB",
    "same",
)


class OverTheLimit(Exception):
    """A count took more CPU seconds than it may."""


def main():
    """Bench what was asked for, or be the child that measures one file."""
    chosen = _arguments()
    if chosen.child:
        print(json.dumps(measure(Path(chosen.child), chosen.engine, chosen.limit)))
    elif chosen.kernels:
        from tests.load import bench_kernels

        bench_kernels.main()
    else:
        bench(chosen)


def _arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--made-up", type=int, default=1_000_000, help="most ballots made up")
    parser.add_argument("--kernels", action="store_true")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--engine", default="ours", help=argparse.SUPPRESS)
    return parser.parse_args()


def bench(chosen):
    """Print a line per file and rule, as soon as it is measured."""
    folder = os.environ.get("PABULIB_DIR")
    files = sorted(Path(folder).glob("*.pb")) if folder else sorted(DATA.glob("**/*.pb"))
    print(f"pabutools is cut at {chosen.limit:g} CPU seconds per count.\n")
    print("| " + " | ".join(HEAD) + " |")
    print("|" + "---|" * len(HEAD))
    for path in files:
        _bench_file(path, chosen.limit)
    if folder:
        return
    with tempfile.TemporaryDirectory() as place:
        for voters, projects in made_up.SIZES:
            if voters <= chosen.made_up:
                path = Path(place) / f"made_up_{voters}_x_{projects}.pb"
                path.write_text(made_up.text(voters, projects))
                _bench_file(path, chosen.limit)
                path.unlink()


def _bench_file(path, limit):
    ours = _in_a_child(path, "ours", limit)
    theirs = _in_a_child(path, "pabutools", limit)
    print(
        f"| {path.stem[:44]} | {ours['voters']} | read | {ours['read']:.3f} | {_shown(theirs.get('read'))} | | | | |"
    )
    for rule in ours["counts"]:
        mine, other = ours["counts"][rule], theirs.get("counts", {}).get(rule, {})
        if "seconds" not in mine:
            print(
                f"| {path.stem[:44]} | {ours['voters']} | {rule} | > {limit:g} | | | | | |",
                flush=True,
            )
            continue
        seconds = other.get("seconds")
        ratio = f"{seconds / max(mine['seconds'], 1e-4):.0f}" if seconds else ""
        same = (
            ""
            if "winners" not in other
            else ("yes" if mine["winners"] == other["winners"] else "NO")
        )
        cut = f"> {limit:g}" if other.get("cut") else _shown(seconds)
        ratio = f"> {limit / max(mine['seconds'], 1e-4):.0f}" if other.get("cut") else ratio
        row = (path.stem[:44], ours["voters"], rule, f"{mine['seconds']:.3f}", cut, ratio)
        print(
            "| " + " | ".join(map(str, (*row, ours["peak"], theirs.get("peak", ""), same))) + " |",
            flush=True,
        )


def _shown(seconds):
    return "" if seconds is None else f"{seconds:.3f}"


def _in_a_child(path, engine, limit):
    """Measure in a process of its own; an empty answer if it died."""
    if engine == "pabutools" and path.stat().st_size > 20_000_000:
        return {}
    command = [sys.executable, "-m", "tests.load.bench_tally", "--child", str(path)]
    command += ["--engine", engine, "--limit", str(limit)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return json.loads(run.stdout.splitlines()[-1]) if run.returncode == 0 and run.stdout else {}


def measure(path, engine, limit):
    """Read the file and count it by each rule."""
    if engine == "ours":
        from tests.load import bench_ours as counter
    else:
        from tests.load import bench_pabutools as counter
    before = time.process_time()
    election = counter.read(path)
    told = {"read": time.process_time() - before, "voters": counter.voters(election), "counts": {}}
    counter.prepare(election)
    for rule in RULES:
        told["counts"][rule] = _timed(counter, election, rule, limit)
    told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told


def _timed(counter, election, rule, limit):
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, limit)
    before = time.process_time()
    try:
        winners = counter.count(election, rule)
    except OverTheLimit:
        return {"cut": True}
    except (AttributeError, TypeError, ValueError, NotImplementedError) as error:
        return {"failed": repr(error)}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return {"seconds": time.process_time() - before, "winners": sorted(winners)}


def _stop(*_):
    raise OverTheLimit


if __name__ == "__main__":
    main()
