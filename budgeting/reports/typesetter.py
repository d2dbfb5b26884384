"""Sets letters in a process of its own: what typst remembers between files is gone with it.

Run as `python -m budgeting.reports.typesetter`: the letters come in as JSON and the PDF goes out,
both through pipes, so no disk sees a code.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).parent / "letter.typ"
ROOT = Path(__file__).resolve().parents[2]


class TypesettingFailed(RuntimeError):
    """Typst said no; what it said may quote a letter and is not repeated."""


def pdf(frame: dict[str, Any], letters: list[dict[str, Any]]) -> bytes:
    """Return the letters as one PDF."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", __name__],
        input=json.dumps({"frame": frame, "letters": letters}).encode(),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        raise TypesettingFailed()
    return done.stdout


def _main() -> None:
    import typst

    told = json.load(sys.stdin.buffer)
    set_in_memory: Any = typst.compile  # its types do not know files in memory
    made: bytes = set_in_memory(
        {
            "main.typ": TEMPLATE.read_bytes(),
            "frame.json": json.dumps(told["frame"]).encode(),
            "letters.json": json.dumps(told["letters"]).encode(),
        },
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    _main()
