"""Every text of the house has its English, with the same places to fill in."""

import re

import pytest

from tools import translations

PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]")
MARKUP = re.compile(r"</?[a-z]+")


@pytest.fixture(scope="module")
def english():
    return translations.read()


@pytest.fixture(scope="module")
def texts():
    return [message for message in translations.gather() if message.id]


def test_the_house_has_texts(texts):
    assert len(texts) > 100


def test_every_text_has_its_english(texts, english):
    known = {message.id: message for message in english if message.id}
    missing = [text.id for text in texts if not is_ready(known.get(text.id))]
    assert not missing, f"{len(missing)} texts without English: make translations, then translate"


def is_ready(message):
    return message is not None and not message.fuzzy and translations.is_translated(message)


def test_english_fills_in_the_same_places(english):
    translated = [each for each in english if each.id and translations.is_translated(each)]
    assert not [message.id for message in translated if differs(message)]


def differs(message):
    keys, texts = as_list(message.id), as_list(message.string)
    wanted = [(places(key), MARKUP.findall(key)) for key in keys]
    return any((places(text), MARKUP.findall(text)) not in wanted for text in texts)


def as_list(text):
    return list(text) if isinstance(text, tuple | list) else [text]


def places(text):
    return sorted(PLACE.findall(text))
