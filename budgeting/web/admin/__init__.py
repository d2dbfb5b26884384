"""The municipality sets up rounds, keeps the roll, counts and publishes."""

from flask import Blueprint

bp = Blueprint("admin", __name__, url_prefix="/admin")
