"""What citizens do: write proposals, and vote."""

from flask import Blueprint

bp = Blueprint("citizen", __name__, url_prefix=None)
