"""Sees to it that the browser journeys have a Chromium: run by `make test`.

Where root may, it comes from the system's packages; else one line says what to install.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
ADVICE = "The browser tests need Chromium. Install it with: sudo apt-get install chromium"


def main() -> None:
    if not find_browser() and may_install():
        install()
    if not find_browser():
        sys.exit(ADVICE)


def find_browser() -> str | None:
    """The path of a Chromium on this machine; CHROMIUM names one of your own."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> None:
    print("Chromium is missing on this machine: installing it with apt-get.")
    quietly = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "--quiet=2", *words], env=quietly, check=False)


if __name__ == "__main__":
    main()
