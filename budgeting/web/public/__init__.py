"""Pages that anyone reads: the front page, rounds, projects, results."""

from flask import Blueprint

bp = Blueprint("public", __name__, url_prefix=None)
