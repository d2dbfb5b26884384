"""Borgerbudget: participatory budgeting from frame to finished project."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(given: Mapping[str, Any] | None = None) -> "Flask":
    """Make the app from settings; what is not given comes from the environment.

    The parts are imported here and not above, so that the count alone
    (``python -m budgeting.tally``) starts without the web.
    """
    from flask import Flask

    from budgeting import clock, config, database, memory, on_demand, secrets_file, web
    from budgeting.extensions import babel, csrf, db, login_manager

    memory.give_back_large_pieces()
    known = config.settings(given)
    app = Flask(
        __name__,
        instance_path=str(config.INSTANCE),
        template_folder=str(config.ROOT / "templates"),
        static_folder=str(config.ROOT / "static"),
    )
    app.config.update(config.flask_settings(known))
    app.config["SECRET_KEY"] = secret = secrets_file.secret_key(known, config.INSTANCE)
    assert secret
    clock.shift_by(app.config["CLOCK_OFFSET_FILE"] or None)

    config.INSTANCE.mkdir(exist_ok=True)
    db.init_app(app)
    database.prepare(app, db)
    login_manager.init_app(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=web.language)
    web.register(app)
    on_demand.add_to(app, str(config.ROOT / "migrations"))
    return app
