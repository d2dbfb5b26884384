"""Signing in and out, and the choice of language."""

from flask import Blueprint

bp = Blueprint("account", __name__, url_prefix=None)
