"""The demo's own page; it exists only where the setting DEMO is on."""

from flask import Blueprint

bp = Blueprint("demo", __name__, url_prefix="/demo")
