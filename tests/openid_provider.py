"""A real OpenID provider on loopback, run beside the tests, and what the house is told of it."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

SECONDS_TO_OPEN = 30
PEOPLE = (
    {"sub": "nina", "born": "1990-05-04", "kommune": "0101", "bydel": "Indre By"},
    {"sub": "ung", "born": "2020-05-04", "kommune": "101"},
    {"sub": "nabo", "born": "1990-05-04", "kommune": "0999"},
    {"sub": "skjult", "born": "1990-05-04", "kommune": "0101", "beskyttet": True},
    {"sub": "kendt", "born": "1990-05-04", "kommune": "0101", "nummer": "1001"},
    {"sub": "uden-alder", "kommune": "0101"},
    {"sub": "sær-alder", "born": "i fjor", "kommune": "0101"},
    {"sub": "uden-kommune", "born": "1990-05-04"},
)
# What the staff's own sign-in says of people; auth_time is put in when the provider is started.
TWO_FACTORS = {"email_verified": True, "acr": "to-trin"}
STAFF = (
    {"sub": "merete", "email": "Admin@example.org", "roles": ["council", "officer"], **TWO_FACTORS},
    {"sub": "navnebror", "email": "admin@example.org", **TWO_FACTORS},
    {"sub": "gæst", "email": "ingen@example.org", **TWO_FACTORS},
    {"sub": "borger", "email": "borger@example.org", **TWO_FACTORS},
    {"sub": "kun-kode", "email": "admin@example.org", "email_verified": True, "acr": "kode"},
    {"sub": "påstår", "email": "admin@example.org", "acr": "to-trin"},
)


@contextlib.contextmanager
def running():
    """Serves the provider until it is not needed any more; hands back its issuer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    staff = tuple({**one, "auth_time": int(time.time()) + 30} for one in STAFF)
    people = [argument for one in PEOPLE + staff for argument in ("--user-claims", json.dumps(one))]
    command = (sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port))
    server = subprocess.Popen(
        (*command, *people), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
    )
    issuer = f"http://127.0.0.1:{port}"
    try:
        wait_until_open(server, issuer)
        yield issuer
    finally:
        server.terminate()
        server.wait(10)


def wait_until_open(server, issuer):
    for _ in range(SECONDS_TO_OPEN * 10):
        assert server.poll() is None, "the provider stopped"
        try:
            urllib.request.urlopen(f"{issuer}/jwks", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the provider did not open")


def settings_of(issuer):
    """The file in which the municipality says whom it trusts, and how the claims are read."""
    return f"""
issuer = "{issuer}"
client_id = "borgerbudget"
client_secret = "hemmelig"
name = "MitID"
[claims]
subject = "sub"
number = "nummer"
birth_date = "born"
municipality = "kommune"
area = "bydel"
protected = "beskyttet"
[municipality]
codes = ["101"]
[areas]
"Indre By" = "Nordby"
"""


def staff_settings_of(issuer):
    """The file about the staff's own sign-in."""
    return f"""
issuer = "{issuer}"
client_id = "borgerbudget"
client_secret = "hemmelig"
scope = "openid email"
name = "Prøvebys login"
[second_factor]
acr = ["to-trin"]
amr = ["mfa"]
"""
