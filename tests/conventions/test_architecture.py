"""The shape of the house: imports run one way, files stay small, every template is used."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = sorted((ROOT / "budgeting").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
# Error pages are chosen by status, fields by kind; others by a name that is put together.
CHOSEN_BY_NAME = ("errors/", "components/fields/")
MOST_LINES_IN_A_FILE = 300
MOST_LINES_IN_A_FUNCTION = 40
# A file that is better long than cut up, with its reason, and so may its functions be.
LONG_FOR_A_REASON = {
    "budgeting/tally/kernel.py": "its loops share one proof of their error bound",
}


def test_imports_run_one_way():
    lint = [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"]
    answer = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("file", PRODUCT, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_is_short_and_says_what_it_is_for(file):
    text = file.read_text(encoding="utf-8")
    tree = ast.parse(text)
    name = str(file.relative_to(ROOT))
    assert ast.get_docstring(tree) or not text.strip(), "its first line says what it is for"
    if name in LONG_FOR_A_REASON:
        return
    assert len(text.splitlines()) <= MOST_LINES_IN_A_FILE
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= MOST_LINES_IN_A_FUNCTION, f"{name}:{function.name} has {length} lines"


def test_every_template_is_used():
    written = "\n".join(file.read_text(encoding="utf-8") for file in PRODUCT + TEMPLATES)
    named = set(re.findall(r"[\w/-]+\.(?:html|css|svg|txt|typ)", written))
    beginnings = (*CHOSEN_BY_NAME, *re.findall(r"[\w/-]+(?=\{\w)", written))
    unused = [name for name in template_names() if name not in named]
    assert not [name for name in unused if not name.startswith(beginnings)]


def template_names():
    return [file.relative_to(ROOT / "templates").as_posix() for file in TEMPLATES if file.is_file()]
