"""What the proxies in front say of the visitor: believed only as far as the settings trust them."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def trust(app: Flask) -> None:
    """Believe so many proxies about address, TLS and host name; none where the setting is 0."""
    count = app.config["TRUSTED_PROXIES"]
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
