"""The whole demo, filled once for all who test it."""

import threading

import pytest
from werkzeug.serving import make_server

from budgeting import clock, create_app
from budgeting.demo import filling, settings
from tests import databases
from tests.client import PageClient


@pytest.fixture(scope="package")
def open_demo(tmp_path_factory):
    """The whole demo, filled, and really served: the house fetches its tokens from itself."""
    folder = tmp_path_factory.mktemp("demo")
    own = settings.settings() | {
        "TESTING": True,
        "SECRET_KEY": "a-secret-that-is-only-for-tests",
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite'}",
        "CLOCK_OFFSET_FILE": "",
        "OPENID_FILE": str(folder / "openid.toml"),
        "MAIL_FOLDER": str(folder / "mail"),
        "ARGON2_TIME_COST": 1,
        "ARGON2_MEMORY_KIB": 64,
    }
    made = create_app(own)
    made.test_client_class = PageClient
    databases.upgrade(made)
    server = make_server("127.0.0.1", 0, made, threaded=True)
    address = f"http://127.0.0.1:{server.port}"
    made.config["PUBLIC_ADDRESS"] = address
    (folder / "openid.toml").write_text(settings.told_of_provider(address))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with made.app_context():
        clock.shift_by(None)
        filling.fill(clock.now())
    yield made
    server.shutdown()
    thread.join()
    server.server_close()
    databases.forget_connections(made)
