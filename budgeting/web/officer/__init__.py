"""The keys to the ballot box."""

from flask import Blueprint

bp = Blueprint("officer", __name__, url_prefix="/noegleperson")
