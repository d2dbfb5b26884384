"""Sentences need no database, only a language: Danish."""

import pytest
from flask import Flask
from flask_babel import Babel, force_locale


@pytest.fixture(autouse=True)
def told_in_danish():
    bare = Flask("words")
    Babel(bare, default_locale="da")
    with bare.app_context(), force_locale("da"):
        yield
