"""Serves the demo on this machine: the web workers, and one worker for jobs beside them."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping

from budgeting.config import ROOT

HOST = "127.0.0.1"
WORKERS = 2
PORTS_TO_TRY = 50


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


def serve(port: int, settings: Mapping[str, object]) -> int:
    """Run until stopped, by Ctrl-C or by a signal; returns the web server's exit code."""
    environment = os.environ | {name: _as_text(value) for name, value in settings.items()}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    jobs = _start([sys.executable, "-m", "flask", "--app", "app", "jobs", "run"], environment)
    web = _start(_gunicorn(port), environment)
    try:
        return web.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for process in (web, jobs):
            process.terminate()
            process.wait()


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
