"""Reads the demo's content: people, rounds, proposals, as they stand in the TOML files."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
ROUNDS = (
    "proposing",
    "voting_approval",
    "voting_ranked",
    "voting_knapsack",
    "voting_cumulative",
    "voting_scoring",
    "counted_scoring",
)
OERE_PER_KRONE = 100


@cache
def read(name: str) -> dict[str, Any]:
    """Return one file of the content."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def oere(kroner: int) -> int:
    """Return an amount of the content, which is in kroner, in oere."""
    return kroner * OERE_PER_KRONE
