"""The pages: one folder for each audience, one file for each part of the round."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask, request

from budgeting.web import access, context, errors, headers, proxies, sessions

FOLDERS = ("public", "account", "citizen", "caseworker", "officer", "admin", "council")
LANGUAGES = {"da": "Dansk", "en": "English"}
LANGUAGE_COOKIE = "language"


def register(app: Flask) -> None:
    """Add every page to the app; each file in a folder belongs to that folder's blueprint."""
    for folder in FOLDERS:
        _add_folder(app, folder)
    if app.config["DEMO"]:
        _add_folder(app, "demo")
    app.before_request(sessions.keep)
    app.before_request(access.guard)
    app.after_request(headers.add)
    context.add_to(app)
    errors.add_to(app)
    proxies.trust(app)


def language() -> str:
    """Return the language the visitor chose; Danish until they do."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "da") if request else "da"
    return chosen if chosen in LANGUAGES else "da"


def _add_folder(app: Flask, folder: str) -> None:
    package = import_module(f"budgeting.web.{folder}")
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    app.register_blueprint(package.bp)
