"""What a person may choose between in a select, radio buttons or ticks."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from wtforms import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from budgeting.vocabulary import LabelledEnum


def options(pairs: Iterable[tuple[Any, str]]) -> list[SelectChoice]:
    """Return choices from (value, label)."""
    return [SelectChoice(str(value), label) for value, label in pairs]


def options_of(words: Iterable[LabelledEnum]) -> list[SelectChoice]:
    """Return choices from words of the vocabulary, with their labels in the reader's language."""
    return [SelectChoice(word.value, gettext(word.label)) for word in words]
