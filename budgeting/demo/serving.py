"""Serves the demo on this machine: the web workers, and one worker for jobs beside them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping

from budgeting.config import ROOT
from budgeting.demo import settings

HOST = "127.0.0.1"
WORKERS = 2
PORTS_TO_TRY = 50
SECONDS_TO_OPEN = 60
LOOKS_IN_A_SECOND = 5


def free_port(wanted: int) -> int:
    """Return the wanted port, or the next one that nobody listens on."""
    for port in range(wanted, wanted + PORTS_TO_TRY):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise OSError(f"No free port from {wanted} to {wanted + PORTS_TO_TRY - 1}.")


def serve(port: int, given: Mapping[str, object], *, when_open: Callable[[int], None]) -> int:
    """Run until stopped, by Ctrl-C or by a signal; returns the web server's exit code.

    What there is to say is said once the server answers, so that nobody is sent to a closed door.
    """
    _tell_of_provider(port)
    environment = os.environ | {name: _as_text(value) for name, value in given.items()}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    jobs = _start([sys.executable, "-m", "flask", "--app", "app", "jobs", "run"], environment)
    web = _start(_gunicorn(port), environment)
    try:
        if _opens(port, web):
            when_open(port)
        return web.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for process in (web, jobs):
            process.terminate()
            process.wait()


def _tell_of_provider(port: int) -> None:
    """Write whom the demo trusts to say who somebody is: its own stand-in for MitID."""
    settings.OPENID_FILE.parent.mkdir(exist_ok=True)
    words = settings.told_of_provider(f"http://{HOST}:{port}")
    settings.OPENID_FILE.write_text(words, encoding="utf-8")


def _opens(port: int, web: subprocess.Popen[bytes]) -> bool:
    """Wait until the server answers; False where it stopped instead."""
    for _ in range(SECONDS_TO_OPEN * LOOKS_IN_A_SECOND):
        if web.poll() is not None:
            return False
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/demo/", timeout=5).close()
        except OSError:
            time.sleep(1 / LOOKS_IN_A_SECOND)
        else:
            return True
    return False


def _start(words: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(words, cwd=ROOT, env=environment)  # noqa: S603 - our own words


def _gunicorn(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "app:app"),
        *("--bind", f"{HOST}:{port}", "--workers", str(WORKERS), "--threads", "4"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def _as_text(value: object) -> str:
    return {True: "1", False: "0"}[value] if isinstance(value, bool) else str(value)
