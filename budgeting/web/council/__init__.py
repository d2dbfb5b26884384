"""The council sees the result and decides."""

from flask import Blueprint

bp = Blueprint("council", __name__, url_prefix="/byraad")
