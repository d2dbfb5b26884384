"""Writes requirements.txt and requirements-dev.txt: every package with its version, no addresses.

Run by `make requirements`, after a change in requirements.in or requirements-dev.in. The
lists are whole, so they are installed as they stand, without asking packages for more.
"""

import json
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
# What a package asks for and the tests never load: gurobipy is not free software, and of
# pabutools only its rules are used.
LEFT_OUT = frozenset({"gurobipy"})
ORIGIN = "# Every package with its version, made from {source} by `make requirements`."


def main() -> None:
    app = resolve("requirements.in")
    write("requirements.txt", "requirements.in", app)
    tests = resolve("requirements.txt", "requirements-dev.in")
    pins = ["-r requirements.txt", *added(tests, app)]
    write("requirements-dev.txt", "requirements-dev.in", pins)


def resolve(*sources: str) -> list[str]:
    """What pip would install for these files in an empty environment."""
    wanted = [argument for source in sources for argument in ("-r", source)]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    trial = [*pip, "--dry-run", "--ignore-installed", "--report", "-", *wanted]
    answer = subprocess.run(trial, cwd=HOUSE, check=True, stdout=subprocess.PIPE, text=True)
    packages = [package["metadata"] for package in json.loads(answer.stdout)["install"]]
    pins = [
        f"{each['name']}=={each['version']}" for each in packages if each["name"] not in LEFT_OUT
    ]
    return sorted(pins, key=str.casefold)


def added(more: list[str], fewer: list[str]) -> list[str]:
    return [pin for pin in more if pin not in set(fewer)]


def write(name: str, source: str, lines: list[str]) -> None:
    text = "\n".join([ORIGIN.format(source=source), *lines]) + "\n"
    (HOUSE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
