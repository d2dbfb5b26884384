"""Every setting is told in docs/settings.md with its default, and nothing else is."""

import re
from pathlib import Path

from budgeting import config

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
ROW = re.compile(r"^\| `([A-Z0-9_]+)` \| (.*?) \|", re.MULTILINE)


def told():
    return dict(ROW.findall(DOCUMENT.read_text(encoding="utf-8")))


def test_every_setting_is_documented():
    assert sorted(told()) == sorted(config.DEFAULTS)


def test_every_default_in_the_document_is_the_real_one():
    for name, default in config.DEFAULTS.items():
        assert told()[name] == spelled(default), name


def spelled(default):
    """A default as the document spells it: paths from the house's own folder, nothing for empty."""
    words = str(default).replace(f"{config.ROOT}/", "")
    return f"`{words}`" if words else "none"
