"""A visitor's address is believed from as many proxies as the settings trust, and no more."""

import pytest
from flask import Flask, request

from budgeting.web import proxies

TOLD = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(
    ("trusted", "address", "scheme"),
    [(0, "127.0.0.1", "http"), (1, "203.0.113.9", "https"), (2, "198.51.100.7", "http")],
)
def test_only_the_trusted_proxies_are_believed(trusted, address, scheme):
    app = Flask(__name__)
    app.config["TRUSTED_PROXIES"] = trusted
    app.add_url_rule("/", view_func=lambda: f"{request.remote_addr} {request.scheme}")
    proxies.trust(app)

    assert app.test_client().get("/", headers=TOLD).text == f"{address} {scheme}"
