"""How long each rule takes on real elections: `make bench`, or with FILES="one.pb other.pb"."""

import sys
import time
from pathlib import Path

from budgeting.tally import RuleSettings, count, pabulib

DATA = Path(__file__).resolve().parents[1] / "data"
RULES = (
    {"rule": "greedy", "utility": "cost"},
    {"rule": "equal-shares", "utility": "cost"},
    {"rule": "equal-shares", "utility": "cost", "completion": "add1"},
    {"rule": "equal-shares", "utility": "cardinality", "completion": "add1"},
)
TIMES = 3


def main() -> None:
    files = [Path(name) for name in sys.argv[1:]] or sorted(DATA.rglob("*.pb"))
    print(f"{'election':40} {'rule':44} {'best of 3':>10}")
    for file in files:
        election = pabulib.read(file)
        for words in RULES:
            said = " ".join(words.values())
            print(f"{file.stem[:40]:40} {said:44} {seconds(election, words):8.3f} s")


def seconds(election: pabulib.Election, words: dict[str, str]) -> float:
    """The best of a few runs, since whatever disturbs a run only makes it longer."""
    return min(one_run(election, RuleSettings(**words)) for _ in range(TIMES))


def one_run(election: pabulib.Election, settings: RuleSettings) -> float:
    begun = time.perf_counter()
    count(election.instance, election.profile, settings)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
