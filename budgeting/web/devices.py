"""Which browser on which machine, roughly, so that people know their own sign-ins again."""

from flask import request

BROWSERS = (
    ("Firefox/", "Firefox"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def of_request() -> str:
    """Return such as ``Firefox, Windows``; empty where the browser does not say."""
    said = request.headers.get("User-Agent", "")
    return ", ".join(filter(None, (_first(BROWSERS, said), _first(MACHINES, said))))


def _first(known: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for sign, name in known if sign in said), "")
