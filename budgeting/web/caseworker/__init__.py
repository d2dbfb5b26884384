"""The municipality's answers to proposals."""

from flask import Blueprint

bp = Blueprint("caseworker", __name__, url_prefix="/sagsbehandling")
